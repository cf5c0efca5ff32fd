"""Who stops reading asCompleted early leaves the others running, and their results are theirs."""

import asyncio

from harness import log


async def child(delay):
    await asyncio.sleep(delay)
    log('ends', delay)
    return delay


async def main():
    tasks = [asyncio.create_task(child(delay)) for delay in (30, 10, 20)]
    for next_one in asyncio.as_completed(tasks):
        log('first', await next_one)
        break
    async for task in asyncio.as_completed(tasks):
        log('again', task.result())
        if not tasks[0].done():
            continue
        break
    log([task.done() for task in tasks])
