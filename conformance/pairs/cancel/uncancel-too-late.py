"""Taking a request back does not bring back what the task was waiting for."""

import asyncio

from harness import log


async def child():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError as error:
        log('thrown all the same', error, asyncio.current_task().cancelling())
        raise


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(1)
    task.cancel()
    log(task.uncancel())
    log(task.uncancel())
    try:
        await task
    except asyncio.CancelledError:
        log(task.cancelled(), task.cancelling())
