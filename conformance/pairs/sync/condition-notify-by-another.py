"""Any task may notify while the lock is held, by whomever; the waiters go on when the holder releases it."""

import asyncio

from harness import log


async def waiter(condition, name):
    async with condition:
        await condition.wait()
        log(name, 'goes on')


async def holder(condition):
    async with condition:
        log('holder')
        await asyncio.sleep(10)
        log('holder leaves')


async def main():
    condition = asyncio.Condition()
    tasks = [asyncio.create_task(waiter(condition, name)) for name in 'ab']
    await asyncio.sleep(1)
    holding = asyncio.create_task(holder(condition))
    await asyncio.sleep(1)
    condition.notify_all()
    log('notified', condition.locked())
    await asyncio.gather(*tasks, holding)
    try:
        condition.notify()
    except RuntimeError as error:
        log(error)
