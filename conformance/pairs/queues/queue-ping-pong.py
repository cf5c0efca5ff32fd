"""A producer and a consumer over a queue of one: who runs in which iteration."""

import asyncio

from harness import log


async def producer(queue):
    for n in range(4):
        await queue.put(n)
        log('put', n)


async def consumer(queue):
    for _ in range(4):
        log('got', await queue.get())


async def main():
    queue = asyncio.Queue(1)
    await asyncio.gather(producer(queue), consumer(queue))
