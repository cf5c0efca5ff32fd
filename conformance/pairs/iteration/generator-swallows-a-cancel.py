"""A generator that swallows a cancel gives its next value, and its consumer knows only from cancelling()."""

import asyncio

from harness import log


async def ticker():
    for n in range(3):
        try:
            await asyncio.sleep(10)
            yield n
        except asyncio.CancelledError:
            log('swallowed')
            yield -n


async def consumer():
    async for n in ticker():
        log(n, asyncio.current_task().cancelling())


async def main():
    task = asyncio.create_task(consumer())
    await asyncio.sleep(15)
    task.cancel()
    await task
    log(task.cancelled())
