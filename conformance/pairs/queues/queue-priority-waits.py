"""A bounded PriorityQueue: putters get in in their order, and items come out in that of their priority."""

import asyncio

from harness import log


async def putter(queue, item):
    await queue.put(item)
    log('put', item)


async def main():
    queue = asyncio.PriorityQueue(2)
    tasks = [asyncio.create_task(putter(queue, item)) for item in (5, 3, 4, 1, 2)]
    await asyncio.sleep(1)
    for _ in range(5):
        log('got', await queue.get())
        await asyncio.sleep(1)
    await asyncio.gather(*tasks)
    try:
        queue.put_nowait(1)
        queue.put_nowait('a')
    except TypeError as error:
        log(error)
