"""Two tasks hand values over through a list and a future that is made anew each time."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    items = []
    wake = loop.create_future()

    async def produce():
        nonlocal wake
        for n in range(5):
            await asyncio.sleep(0 if n % 2 else 3)
            items.append(n)
            log('put', n)
            if not wake.done():
                wake.set_result(None)
        items.append(None)
        if not wake.done():
            wake.set_result(None)

    async def consume():
        nonlocal wake
        while True:
            while not items:
                await wake
                wake = loop.create_future()
            item = items.pop(0)
            if item is None:
                return 'end'
            log('took', item)
            await asyncio.sleep(1)

    producer = asyncio.create_task(produce())
    log(await consume())
    await producer
