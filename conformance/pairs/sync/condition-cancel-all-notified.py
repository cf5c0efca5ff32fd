"""Notified waiters that are all cancelled pass their wake-ups on, to a waiter that was not notified."""

import asyncio

from harness import log


async def waiter(condition, name):
    try:
        async with condition:
            await condition.wait()
            log(name, 'woken')
    except asyncio.CancelledError:
        log(name, 'cancelled', condition.locked())
        raise


async def main():
    for hold in (0, 1):
        condition = asyncio.Condition()
        tasks = [asyncio.create_task(waiter(condition, name)) for name in 'abcd']
        await asyncio.sleep(1)
        async with condition:
            condition.notify(2)
            await asyncio.sleep(hold)
            tasks[0].cancel()
            tasks[1].cancel()
        await asyncio.sleep(1)
        log([task.done() for task in tasks], condition.locked())
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
