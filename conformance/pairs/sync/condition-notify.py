"""notify wakes the longest waiters, as many as it is told; each goes on when it has the lock again."""

import asyncio

from harness import log


async def waiter(condition, name):
    async with condition:
        log(name, 'waits')
        log(name, await condition.wait(), condition.locked())
        await asyncio.sleep(2)
        log(name, 'leaves')


async def main():
    condition = asyncio.Condition()
    tasks = [asyncio.create_task(waiter(condition, name)) for name in 'abcd']
    await asyncio.sleep(1)
    log(condition.locked())
    async with condition:
        condition.notify(2)
        log('notified two')
        await asyncio.sleep(0)
        log('still locked')
    await asyncio.sleep(10)
    async with condition:
        condition.notify()
    await asyncio.sleep(10)
    async with condition:
        condition.notify_all()
        condition.notify(5)
    await asyncio.gather(*tasks)
