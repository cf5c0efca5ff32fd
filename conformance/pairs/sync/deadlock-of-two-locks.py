"""Two tasks that take two locks in opposite order wait for each other for ever."""

import asyncio

from harness import log


async def worker(name, first, second):
    async with first:
        log(name, 'has the first')
        await asyncio.sleep(len(name))
        async with second:
            log('never')


async def main():
    one, two = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(worker('a', one, two), worker('bb', two, one))
