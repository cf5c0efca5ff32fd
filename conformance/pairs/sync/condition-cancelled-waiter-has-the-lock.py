"""A waiter that is cancelled takes the lock again before the error goes on, however long that takes."""

import asyncio

from harness import log, reason


async def waiter(condition):
    async with condition:
        try:
            await condition.wait()
        except asyncio.CancelledError as error:
            log('cancelled', condition.locked(), reason(error))
            raise


async def main():
    condition = asyncio.Condition()
    for hold in (False, True):
        task = asyncio.create_task(waiter(condition))
        await asyncio.sleep(1)
        if hold:
            await condition.acquire()
        task.cancel('first')
        await asyncio.sleep(5)
        if hold:
            log('second', task.done(), task.cancel('second'))
            await asyncio.sleep(5)
            log('third', task.done(), task.cancel('third'))
            condition.release()
        await asyncio.wait([task])
        log(task.cancelled(), condition.locked(), task.cancelling())
