"""`sleep(0)` and negative delays give way for exactly one iteration and take no time."""

import asyncio

from harness import log, ticks


async def main():
    loop = asyncio.get_running_loop()
    for delay in (0, -1, 0, -1000):
        loop.call_soon(log, 'meanwhile')
        start = ticks()
        await asyncio.sleep(delay)
        log('slept', delay, 'iterations', ticks() - start)
