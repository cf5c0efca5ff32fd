"""A group ends when its body and all children have ended; children may add children until then."""

import asyncio

from harness import log


async def child(group, depth, delay):
    log('start', depth, delay)
    await asyncio.sleep(delay)
    if depth > 0:
        group.create_task(child(group, depth - 1, delay + 1))
        group.create_task(child(group, depth - 1, delay + 3))
    log('end', depth, delay)
    return depth


async def main():
    async with asyncio.TaskGroup() as group:
        first = group.create_task(child(group, 2, 10), name='first')
        log('body ends', first.get_name())
    log('all done', first.result())
