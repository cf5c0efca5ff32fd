"""A lock is handed on in the order of the requests, and costs no iteration where it is free."""

import asyncio

from harness import log, ticks


async def worker(lock, name):
    log(name, 'asks')
    async with lock:
        log(name, 'has it', lock.locked())
        await asyncio.sleep(5)
        log(name, 'leaves')


async def main():
    lock = asyncio.Lock()
    start = ticks()
    await lock.acquire()
    log('free', ticks() - start, lock.locked())
    tasks = [asyncio.create_task(worker(lock, name)) for name in 'abc']
    await asyncio.sleep(0)
    lock.release()
    log('released', lock.locked())
    await asyncio.gather(*tasks)
    log(lock.locked())
