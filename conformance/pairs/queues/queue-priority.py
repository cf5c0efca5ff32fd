"""A PriorityQueue gives the least item first: numbers, strings, and lists from left to right."""

import asyncio

from harness import log


def drain(queue):
    items = []
    while not queue.empty():
        items.append(queue.get_nowait())
    return items


async def main():
    for items in (
        [5, 1, 4, -2, 3.5, 1],
        ['b', 'a', 'ab', ''],
        [[2, 'b'], [1, 'z'], [2, 'a'], [1], [1, 'y']],
    ):
        queue = asyncio.PriorityQueue()
        for item in items:
            await queue.put(item)
        log(drain(queue))
    queue = asyncio.PriorityQueue()
    getting = asyncio.create_task(queue.get())
    await asyncio.sleep(0)
    queue.put_nowait(2)
    queue.put_nowait(1)
    log(await getting, drain(queue))
