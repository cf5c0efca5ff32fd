"""asCompleted: in which iteration each result is there, for tasks that end at once and for done ones."""

import asyncio

from harness import log, ticks


async def nop(n):
    return n


async def main():
    start = ticks()
    for next_one in asyncio.as_completed([nop(0)]):
        await next_one
        log('coroutine', ticks() - start)
    tasks = [asyncio.create_task(nop(n)) for n in range(3)]
    await asyncio.sleep(0)
    start = ticks()
    for next_one in asyncio.as_completed(tasks):
        log('done', await next_one, ticks() - start)
    start = ticks()
    async for task in asyncio.as_completed(tasks):
        log('again', task.result(), ticks() - start)
