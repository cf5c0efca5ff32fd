"""A LifoQueue gives the newest item first, and waits in the same way."""

import asyncio

from harness import log


async def main():
    queue = asyncio.LifoQueue(3)
    for n in range(3):
        await queue.put(n)
    putting = asyncio.create_task(queue.put(3))
    await asyncio.sleep(0)
    log(queue.get_nowait(), queue.qsize())
    await putting
    log([queue.get_nowait() for _ in range(3)])
