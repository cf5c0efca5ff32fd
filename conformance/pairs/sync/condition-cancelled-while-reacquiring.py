"""A cancel that comes while a notified waiter takes its lock again: the reason arrives, when it has the lock."""

import asyncio

from harness import log, reason


async def main():
    condition = asyncio.Condition()
    wake = False

    async def waiter():
        async with condition:
            try:
                await condition.wait_for(lambda: wake)
            except asyncio.CancelledError as error:
                log('waiter', reason(error), condition.locked())
                raise

    task = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    await condition.acquire()
    wake = True
    condition.notify()
    await asyncio.sleep(0)
    task.cancel('foo')
    condition.release()
    try:
        await task
    except asyncio.CancelledError as error:
        log('main', reason(error), condition.locked())
