"""What was shielded and is still running when run ends is cancelled like any other task."""

import asyncio

from harness import log


async def commit():
    try:
        log('commit begins')
        await asyncio.sleep(50)
        log('never')
    except asyncio.CancelledError:
        log('commit cancelled')
        raise


async def request():
    await asyncio.shield(commit())


async def main():
    task = asyncio.create_task(request())
    await asyncio.sleep(10)
    task.cancel()
    await asyncio.wait([task])
    log('request', task.cancelled())
    await asyncio.sleep(10)
    return 'end'
