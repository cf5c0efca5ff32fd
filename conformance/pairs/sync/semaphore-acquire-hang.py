"""A unit given to a waiter that is cancelled goes to the next one, and is not free meanwhile."""

import asyncio

from harness import log


async def main():
    semaphore = asyncio.Semaphore(0)
    first = asyncio.create_task(semaphore.acquire())
    second = asyncio.create_task(semaphore.acquire())
    await asyncio.sleep(0)
    first.cancel()
    semaphore.release()
    log(semaphore.locked())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    log(semaphore.locked(), first.cancelled(), second.done())
