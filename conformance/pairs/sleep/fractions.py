"""Delays below a millisecond keep their order."""

import asyncio

from harness import log


async def tick(name, delay, count):
    for n in range(count):
        await asyncio.sleep(delay)
        log(name, n)


async def main():
    fast = asyncio.create_task(tick('quarter', 0.25, 2))
    slow = asyncio.create_task(tick('third', 0.375, 2))
    tiny = asyncio.create_task(tick('tiny', 0.0625, 3))
    await slow
    await fast
    await tiny
    log('end', asyncio.get_running_loop().time())
