"""A timer that is due runs behind what was ready before; timers set in callbacks wait for the next iteration."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()

    def busy(n):
        log('busy', n)
        loop.call_later(0, log, 'timer of', n)
        if n:
            loop.call_soon(busy, n - 1)

    loop.call_soon(busy, 3)
    await asyncio.sleep(5)
    log('end')
