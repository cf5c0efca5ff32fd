"""A generator that stands at its yield may be closed by another task, which runs its clean-up."""

import asyncio

from harness import log


async def ticker():
    try:
        n = 0
        while True:
            await asyncio.sleep(1)
            yield n
            n += 1
    finally:
        log('clean-up of', asyncio.current_task().get_name())
        await asyncio.sleep(5)


async def consumer(agen):
    async for n in agen:
        log(n)
        await asyncio.sleep(10)
    log('loop ends')


async def main():
    agen = ticker()
    task = asyncio.create_task(consumer(agen), name='consumer')
    await asyncio.sleep(5)
    asyncio.current_task().set_name('main')
    await agen.aclose()
    log('closed')
    await task
