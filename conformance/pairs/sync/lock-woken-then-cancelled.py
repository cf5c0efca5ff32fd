"""A waiter that is cancelled after it was woken hands the lock on, at every iteration around its turn."""

import asyncio

from harness import log


async def worker(lock, name):
    try:
        async with lock:
            log(name, 'has it')
    except asyncio.CancelledError:
        log(name, 'cancelled', lock.locked())


async def main():
    for turns in range(4):
        lock = asyncio.Lock()
        await lock.acquire()
        first = asyncio.create_task(worker(lock, 'first'))
        second = asyncio.create_task(worker(lock, 'second'))
        await asyncio.sleep(0)
        lock.release()
        for _ in range(turns):
            await asyncio.sleep(0)
        log('cancel', turns, first.cancel())
        await second
        log('end', lock.locked())
