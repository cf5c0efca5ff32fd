"""Three producers and two consumers over a bounded queue: who is where in which iteration."""

import asyncio

from harness import log


async def producer(queue, name):
    for n in range(3):
        await queue.put(f'{name}{n}')
        log('put', f'{name}{n}', queue.qsize())


async def consumer(queue, name):
    while (item := await queue.get()) is not None:
        log(name, item)
        await asyncio.sleep(0)


async def main():
    queue = asyncio.Queue(2)
    consumers = [asyncio.create_task(consumer(queue, name)) for name in 'xy']
    await asyncio.gather(*[producer(queue, name) for name in 'abc'])
    for _ in consumers:
        await queue.put(None)
    await asyncio.gather(*consumers)
