"""Two requests before the task runs are counted as two."""

import asyncio

from harness import log


async def child():
    for n in range(3):
        try:
            await asyncio.sleep(100)
            log('slept', n)
        except asyncio.CancelledError as error:
            log('thrown', n, error, asyncio.current_task().cancelling())
    return 'survived'


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(1)
    log(task.cancel(), task.cancelling())
    log(task.cancel(), task.cancelling())
    log(await task, task.cancelling(), task.cancelled())
