"""A waiter whose time is over leaves the line of a lock; the others move up."""

import asyncio

from harness import log


async def worker(lock, name, delay):
    try:
        async with asyncio.timeout(delay):
            await lock.acquire()
    except TimeoutError:
        log(name, 'gives up')
        return
    log(name, 'has it')
    await asyncio.sleep(3)
    lock.release()


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    tasks = [asyncio.create_task(worker(lock, name, delay))
             for name, delay in (('a', 5), ('b', 50), ('c', 11), ('d', 60))]
    await asyncio.sleep(10)
    lock.release()
    await asyncio.gather(*tasks)
