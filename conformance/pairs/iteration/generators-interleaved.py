"""Two tasks over generators of their own, and two over one lock: each step is where it is in asyncio."""

import asyncio

from harness import log


async def ticker(name, n, turns):
    for k in range(n):
        for _ in range(turns):
            await asyncio.sleep(0)
        yield f'{name}{k}'


async def consumer(agen, lock):
    async for item in agen:
        async with lock:
            log(item)
            await asyncio.sleep(0)


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(*[
        consumer(ticker(name, 3, turns), lock) for turns, name in enumerate('abc')])
