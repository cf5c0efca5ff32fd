"""Waiters that are cancelled one after the other, each just after it was woken: the last one has the lock."""

import asyncio

from harness import log


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    tasks = []

    async def worker(n):
        try:
            await lock.acquire()
            log(n, 'has it')
        except asyncio.CancelledError:
            log(n, 'cancelled', lock.locked())
            if n + 1 < 4:
                tasks[n + 1].cancel()
            raise

    tasks += [asyncio.create_task(worker(n)) for n in range(6)]
    await asyncio.sleep(0)
    lock.release()
    tasks[0].cancel()
    await asyncio.sleep(1)
    log([task.done() for task in tasks], lock.locked())
    lock.release()
    await tasks[5]
