"""A body that swallows the cancellation of its timeout ends as if in time, with nothing left to cancel."""

import asyncio

from harness import log


async def main():
    task = asyncio.current_task()
    async with asyncio.timeout(10) as scope:
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError:
            log('swallowed', task.cancelling())
        await asyncio.sleep(5)
        log('still here')
    log('no error', scope.expired(), task.cancelling())
    await asyncio.sleep(1)
