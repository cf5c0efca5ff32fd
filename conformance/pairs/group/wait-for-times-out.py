"""waitFor cancels what takes too long, waits until that has ended, and throws TimeoutError."""

import asyncio

from harness import log


async def slow():
    try:
        await asyncio.sleep(100)
    finally:
        log('cleans up')
        await asyncio.sleep(5)
        log('cleaned up')


async def main():
    for make in (slow, lambda: asyncio.create_task(slow())):
        try:
            await asyncio.wait_for(make(), 10)
        except TimeoutError as error:
            log('caught', error, asyncio.current_task().cancelling())
    future = asyncio.get_running_loop().create_future()
    try:
        await asyncio.wait_for(future, 10)
    except TimeoutError:
        log('future', future.cancelled())
