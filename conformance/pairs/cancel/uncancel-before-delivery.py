"""Taking the last request back before the next step undoes it."""

import asyncio

from harness import log


async def child():
    log('body')
    await asyncio.sleep(1)
    return 'value'


async def main():
    task = asyncio.create_task(child())
    log(task.cancel(), task.cancelling())
    log(task.uncancel(), task.cancelling())
    log(await task, task.cancelled())

    task = asyncio.create_task(child())
    task.cancel()
    task.cancel()
    log(task.uncancel())
    try:
        await task
    except asyncio.CancelledError:
        log('one request was left')
