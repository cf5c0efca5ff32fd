"""A waiter cancelled in any iteration around its notification: the other one is woken in its place, or not at all."""

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
    for before, after in ((1, 0), (0, 0), (0, 1), (0, 2), (0, 3)):
        log('case', before, after)
        condition = asyncio.Condition()
        tasks = [asyncio.create_task(waiter(condition, name)) for name in 'ab']
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        if before:
            tasks[0].cancel()
        async with condition:
            condition.notify()
        for _ in range(after):
            await asyncio.sleep(0)
        if not before:
            log(tasks[0].cancel())
        await asyncio.sleep(1)
        log([task.done() for task in tasks], condition.locked())
        tasks[1].cancel()
        await asyncio.wait(tasks)
