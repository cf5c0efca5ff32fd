"""A wait whose time is over throws when it has the lock again, and the notification is for the others."""

import asyncio

from harness import log


async def waiter(condition, name, delay):
    async with condition:
        try:
            async with asyncio.timeout(delay):
                await condition.wait()
            log(name, 'woken')
        except TimeoutError:
            log(name, 'timed out', condition.locked())


async def main():
    condition = asyncio.Condition()
    tasks = [asyncio.create_task(waiter(condition, name, delay))
             for name, delay in (('a', 10), ('b', 100))]
    await asyncio.sleep(5)
    async with condition:
        await asyncio.sleep(20)
        log('main leaves')
    await asyncio.sleep(1)
    async with condition:
        condition.notify()
    await asyncio.gather(*tasks)
