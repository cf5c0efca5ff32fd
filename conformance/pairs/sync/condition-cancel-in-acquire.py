"""A task cancelled while it waits for the lock of a condition to enter it never has the lock, and wakes nobody."""

import asyncio

from harness import log


async def waiter(condition, name):
    try:
        async with condition:
            log(name, 'in')
            await condition.wait()
            log(name, 'woken')
    except asyncio.CancelledError:
        log(name, 'cancelled', condition.locked())
        raise


async def main():
    condition = asyncio.Condition()
    first = asyncio.create_task(waiter(condition, 'first'))
    await asyncio.sleep(1)
    async with condition:
        second = asyncio.create_task(waiter(condition, 'second'))
        await asyncio.sleep(1)
        second.cancel()
        await asyncio.sleep(1)
        log(second.cancelled(), condition.locked())
        condition.notify()
    await first
