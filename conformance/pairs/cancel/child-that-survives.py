"""A cancelled parent waits for a child that swallows the cancel and then gets its result."""

import asyncio

from harness import log


async def stubborn():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        log('swallowed')
    await asyncio.sleep(10)
    return 'value'


async def parent():
    value = await asyncio.create_task(stubborn())
    log('parent got', value, asyncio.current_task().cancelling())
    return value


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(1)
    task.cancel()
    log(await task, task.cancelled())
