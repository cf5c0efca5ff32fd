"""A released unit belongs to the waiter it was meant for: who comes then waits, and locked() says so."""

import asyncio

from harness import log


async def waiter(semaphore, name):
    await semaphore.acquire()
    log(name)


async def main():
    semaphore = asyncio.Semaphore(0)
    first = asyncio.create_task(waiter(semaphore, 'first'))
    await asyncio.sleep(0)
    semaphore.release()
    log('one', semaphore.locked())
    second = asyncio.create_task(waiter(semaphore, 'second'))
    semaphore.release()
    log('two', semaphore.locked())
    await semaphore.acquire()
    log('main', semaphore.locked())
    semaphore.release()
    await asyncio.gather(first, second)
    log(semaphore.locked())
