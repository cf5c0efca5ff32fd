"""All waiters of a semaphore are cancelled in the iteration of its release: the unit is free for the next one."""

import asyncio

from harness import log, ticks


async def worker(semaphore, name):
    await semaphore.acquire()
    log(name)


async def main():
    semaphore = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(worker(semaphore, name)) for name in 'abc']
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    semaphore.release()
    log(semaphore.locked())
    late = asyncio.create_task(worker(semaphore, 'late'))
    start = ticks()
    await semaphore.acquire()
    log('main', ticks() - start, [task.cancelled() for task in tasks], late.done())
    semaphore.release()
    await late
    log(semaphore.locked())
