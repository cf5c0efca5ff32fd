"""Several units released at once go to the waiters in order, before anything that starts later runs."""

import asyncio

from harness import log


async def main():
    semaphore = asyncio.Semaphore(0)
    more = []

    async def last():
        log('last')

    async def first():
        await semaphore.acquire()
        log('first', semaphore.locked())
        more.append(asyncio.create_task(last()))

    async def second():
        for _ in range(3):
            semaphore.release()
        log('released', semaphore.locked())
        await semaphore.acquire()
        log('second')

    async def third():
        await semaphore.acquire()
        log('third', semaphore.locked())

    tasks = [asyncio.create_task(main()) for main in (first, second, third)]
    await asyncio.sleep(0)
    log(semaphore.locked())
    await asyncio.sleep(0)
    await asyncio.gather(*tasks, *more)
    log(semaphore.locked())
