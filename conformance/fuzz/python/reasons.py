"""A gathering that was cancelled gives the reason that CPython finds at its last child. One that was not cancelled
itself may still have that of some earlier cancel, which it has swallowed: here it has none."""

import asyncio
import inspect


def forget_swallowed_reasons():
    found = """                exc = fut._make_cancelled_error()
                outer.set_exception(exc)
            else:"""
    source = inspect.getsource(asyncio.tasks.gather)
    if source.count(found) != 1:
        raise AssertionError('gather of this CPython is not the one that is known here')
    forgetful = found.replace('()', '() if fut.cancelled() else exceptions.CancelledError()', 1)
    exec(source.replace(found, forgetful), vars(asyncio.tasks))
    asyncio.gather = asyncio.tasks.gather
