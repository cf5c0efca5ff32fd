"""A free lock whose waiters are all cancelled is taken at once, before they have heard of it."""

import asyncio

from harness import log, ticks


async def worker(lock):
    async with lock:
        log('never')


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    tasks = [asyncio.create_task(worker(lock)) for _ in range(2)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    lock.release()
    start = ticks()
    await lock.acquire()
    log('has it', ticks() - start, [task.done() for task in tasks])
    await asyncio.sleep(0)
    log([task.cancelled() for task in tasks], lock.locked())
    lock.release()
