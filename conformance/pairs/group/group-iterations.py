"""A group with one child that ends at once takes three iterations, an empty one none."""

import asyncio

from harness import log, ticks


async def nop():
    pass


async def main():
    start = ticks()
    async with asyncio.TaskGroup() as group:
        pass
    log('empty', ticks() - start)
    async with asyncio.TaskGroup() as group:
        group.create_task(nop())
    log('one', ticks() - start)
    start = ticks()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(nop())
        group.create_task(nop())
        await task
        log('joined by hand', ticks() - start)
    log('two', ticks() - start)
