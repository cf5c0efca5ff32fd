"""A task that gives way with `sleep(0)` has nothing to cancel: its next step throws."""

import asyncio

from harness import log


async def child():
    try:
        await asyncio.sleep(0)
        log('not reached')
    except asyncio.CancelledError as error:
        log('thrown', error)
    await asyncio.sleep(0)
    return 'end'


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(0)
    log(task.cancel())
    log(await task)
