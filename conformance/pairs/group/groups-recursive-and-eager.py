"""Groups inside children of groups, all started eagerly: every child is counted."""

import asyncio

from harness import log, ticks


counter = 0


async def recurse(width, depth):
    global counter
    counter += 1
    if depth == 0:
        return
    async with asyncio.TaskGroup() as group:
        for _ in range(width):
            group.create_task(recurse(width, depth - 1))


async def main():
    loop = asyncio.get_running_loop()
    start = ticks()
    await recurse(3, 3)
    log('lazy', counter, ticks() - start)
    loop.set_task_factory(asyncio.eager_task_factory)
    start = ticks()
    await recurse(3, 3)
    log('eager', counter, ticks() - start)
