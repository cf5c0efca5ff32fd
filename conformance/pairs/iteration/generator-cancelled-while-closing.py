"""A cancel that comes while a generator is being closed cuts its clean-up short, and goes on from there."""

import asyncio

from harness import log, reason


async def ticker():
    try:
        yield 1
    finally:
        try:
            await asyncio.sleep(10)
            log('cleaned up')
        except asyncio.CancelledError as error:
            log('cut short', reason(error))
            raise


async def consumer(agen):
    log(await anext(agen))
    await agen.aclose()


async def main():
    agen = ticker()
    task = asyncio.create_task(consumer(agen))
    await asyncio.sleep(5)
    task.cancel('enough')
    try:
        await task
    except asyncio.CancelledError as error:
        log('main', reason(error))
    log(await anext(agen, 'over'))
