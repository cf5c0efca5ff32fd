"""An exit that gives true swallows the error, one that throws replaces it, and the exits after see what is left."""

import contextlib

from harness import log


def seen(name, gives=False, throws=None):
    async def leave(kind, error, traceback):
        log(name, error)
        if throws is not None:
            raise throws
        return gives

    return leave


async def attempt(*exits):
    try:
        async with contextlib.AsyncExitStack() as stack:
            for leave in exits:
                stack.push_async_exit(leave)
            raise ValueError
    except Exception as error:
        log('caught', error)
    else:
        log('no error')


async def main():
    await attempt(seen('a'), seen('b', gives=True), seen('c'))
    await attempt(seen('a'), seen('b', throws=TypeError()), seen('c'))
    await attempt(seen('a', gives=True), seen('b', throws=TypeError()))
    await attempt(seen('a', throws=RuntimeError()), seen('b', gives=True))
