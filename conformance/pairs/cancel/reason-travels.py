"""The reason of a cancel is in the error inside, at the awaiter and at every later read."""

import asyncio

from harness import log, reason


async def child():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError as error:
        log('inside', reason(error))
        raise


async def main():
    for why in ('because', 5, None):
        task = asyncio.create_task(child())
        await asyncio.sleep(1)
        task.cancel(why)
        try:
            await task
        except asyncio.CancelledError as error:
            log('awaiter', reason(error))
        for read in (task.result, task.exception):
            try:
                read()
            except asyncio.CancelledError as error:
                log('later', error)
