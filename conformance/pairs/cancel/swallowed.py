"""A coroutine that swallows the cancel runs on; the request stays counted."""

import asyncio

from harness import log


async def child():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        log('swallowed')
    await asyncio.sleep(5)
    log('went on', asyncio.current_task().cancelling())
    return 'value'


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(1)
    task.cancel()
    log(await task, task.cancelled(), task.cancelling())
