"""A cancel of the task that iterates comes at the await inside the generator, whose clean-up runs and ends it."""

import asyncio

from harness import log, reason


async def ticker():
    n = 0
    try:
        while True:
            await asyncio.sleep(10)
            n += 1
            yield n
    except asyncio.CancelledError as error:
        log('inside', reason(error))
        raise
    finally:
        await asyncio.sleep(3)
        log('cleaned up')


async def consumer(agen):
    try:
        async for n in agen:
            log('got', n)
    except asyncio.CancelledError as error:
        log('consumer', reason(error))
        raise


async def main():
    agen = ticker()
    task = asyncio.create_task(consumer(agen))
    await asyncio.sleep(25)
    task.cancel('enough')
    await asyncio.wait([task])
    log(task.cancelled(), await anext(agen, 'over'))
