"""A second request while the first is being handled is thrown too."""

import asyncio

from harness import log


async def child():
    for n in range(4):
        try:
            await asyncio.sleep(100)
            log('slept', n)
        except asyncio.CancelledError:
            log('thrown', n, asyncio.current_task().cancelling())
    return 'survived'


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(1)
    task.cancel()
    task.uncancel()
    log(task.cancelling())
    log(await task, task.cancelling(), task.cancelled())
