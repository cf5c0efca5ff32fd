"""Putters of a full queue wait; each get wakes the one that has waited longest."""

import asyncio

from harness import log


async def putter(queue, n):
    await queue.put(n)
    log('put', n, queue.qsize())


async def main():
    queue = asyncio.Queue(2)
    tasks = [asyncio.create_task(putter(queue, n)) for n in range(5)]
    await asyncio.sleep(1)
    log(queue.full())
    while not queue.empty():
        log('got', queue.get_nowait())
        await asyncio.sleep(1)
    await asyncio.gather(*tasks)
