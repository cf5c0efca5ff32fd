"""A semaphore lets so many in at a time, the others in the order in which they came."""

import asyncio

from harness import log, ticks


async def worker(semaphore, n):
    async with semaphore:
        log('in', n, semaphore.locked())
        await asyncio.sleep(10 + n)
        log('out', n)


async def main():
    semaphore = asyncio.Semaphore(2)
    start = ticks()
    async with semaphore:
        log('free', ticks() - start, semaphore.locked())
    await asyncio.gather(*[worker(semaphore, n) for n in range(5)])
    log(semaphore.locked())
