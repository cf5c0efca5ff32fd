"""Many children of a gather, three of them at a time by a semaphore: order of starts and ends."""

import asyncio

from harness import log


async def child(semaphore, n):
    async with semaphore:
        log('start', n)
        await asyncio.sleep(10 + (n * 7) % 5 + n / 100)
        log('end', n)
    return n


async def main():
    semaphore = asyncio.Semaphore(3)
    log(await asyncio.gather(*[child(semaphore, n) for n in range(8)]))
