"""The way to let a critical section end: shield it, and on a cancel wait for it before going on."""

import asyncio

from harness import log


async def commit():
    await asyncio.sleep(20)
    log('committed')


async def request():
    task = asyncio.create_task(commit())
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        log('cancelled, waits for the commit')
        await task
        raise


async def main():
    task = asyncio.create_task(request())
    await asyncio.sleep(10)
    task.cancel()
    await asyncio.wait([task])
    log(task.cancelled(), task.cancelling())
