"""Items come out in the order in which they went in; put and get that need not wait cost no iteration."""

import asyncio

from harness import log, ticks


async def main():
    queue = asyncio.Queue()
    start = ticks()
    for n in range(3):
        await queue.put(n)
    log(queue.qsize(), queue.empty(), queue.full(), queue.maxsize)
    log([await queue.get() for _ in range(3)], ticks() - start)
    log(queue.qsize(), queue.empty())
