"""Negative delays are allowed: the most negative fires first, in the next iteration."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    for delay in (-1, -10, 0, -5):
        loop.call_later(delay, log, 'delay', delay)
    loop.call_soon(log, 'soon')
    await asyncio.sleep(0)
    log('main')
    await asyncio.sleep(1)
    log('end')
