"""A waiter of a semaphore that is cancelled after it was woken gives its unit back."""

import asyncio

from harness import log


async def worker(semaphore, name):
    try:
        await semaphore.acquire()
        log(name, 'in', semaphore.locked())
    except asyncio.CancelledError:
        log(name, 'cancelled', semaphore.locked())
        raise


async def main():
    for turns in range(3):
        semaphore = asyncio.Semaphore(0)
        tasks = [asyncio.create_task(worker(semaphore, name)) for name in 'abc']
        await asyncio.sleep(0)
        semaphore.release()
        for _ in range(turns):
            await asyncio.sleep(0)
        log('cancel', turns, tasks[0].cancel())
        await asyncio.sleep(1)
        log([task.done() for task in tasks], semaphore.locked())
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        semaphore.release()
        log(semaphore.locked())
