"""wait for a task that ends at once takes three iterations, for one that is done already two."""

import asyncio

from harness import log, ticks


async def nop():
    pass


async def main():
    task = asyncio.create_task(nop())
    start = ticks()
    await asyncio.wait([task])
    log('fresh', ticks() - start)
    start = ticks()
    await asyncio.wait([task])
    log('done', ticks() - start)
    tasks = [task, asyncio.create_task(nop()), asyncio.create_task(asyncio.sleep(0))]
    start = ticks()
    await asyncio.wait(tasks)
    log('mixed', ticks() - start)
