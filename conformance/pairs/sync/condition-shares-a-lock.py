"""Two conditions over one lock: a waiter of each, and only one of them goes on at a time."""

import asyncio

from harness import log


async def waiter(condition, name):
    async with condition:
        await condition.wait()
        log(name, 'goes on')
        await asyncio.sleep(2)
        log(name, 'leaves')


async def main():
    lock = asyncio.Lock()
    full, free = asyncio.Condition(lock), asyncio.Condition(lock)
    tasks = [asyncio.create_task(waiter(full, 'full')), asyncio.create_task(waiter(free, 'free'))]
    await asyncio.sleep(1)
    async with lock:
        log(full.locked(), free.locked())
        free.notify_all()
        full.notify_all()
    await asyncio.gather(*tasks)
    log(lock.locked())
