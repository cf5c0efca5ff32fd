"""Who asks for a lock that was released but not yet taken stands behind the waiter that was woken."""

import asyncio

from harness import log


async def waiter(lock, name):
    async with lock:
        log(name)


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    first = asyncio.create_task(waiter(lock, 'first'))
    await asyncio.sleep(0)
    lock.release()
    log('released', lock.locked())
    await lock.acquire()
    log('main')
    lock.release()
    await first
