"""Two cancels with different reasons: which one is thrown."""

import asyncio

from harness import log, reason


async def child(future):
    try:
        await future
    except asyncio.CancelledError as error:
        log('inside', reason(error))
        raise


async def main():
    loop = asyncio.get_running_loop()
    for wait in (False, True):
        task = asyncio.create_task(child(loop.create_future()))
        if wait:
            await asyncio.sleep(0)
        task.cancel('first')
        task.cancel('second')
        try:
            await task
        except asyncio.CancelledError as error:
            log('awaiter', reason(error), task.cancelling())
