"""Generators over queues, with a producer in a group: back-pressure, order, and the end."""

import asyncio

from harness import log


async def items(queue):
    while (item := await queue.get()) is not None:
        yield item


async def doubled(source):
    async for item in source:
        await asyncio.sleep(2)
        yield item * 2


async def produce(queue):
    for n in range(4):
        await queue.put(n)
        log('put', n)
    await queue.put(None)


async def main():
    queue = asyncio.Queue(1)
    async with asyncio.TaskGroup() as group:
        group.create_task(produce(queue))
        async for item in doubled(items(queue)):
            log('got', item)
    log('end')
