"""Hundreds of timers, most of them cancelled: the rest fire in order."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    order = [n * 37 % 301 for n in range(1, 301)]
    timers = {n: loop.call_later(n, log, 'timer', n) for n in order}
    for n, timer in timers.items():
        if n % 30:
            timer.cancel()
    await asyncio.sleep(150.5)
    log('half')
    for n in (160, 200):
        loop.call_at(n + 0.5, log, 'more', n)
    timers[240].cancel()
    await asyncio.sleep(200)
    log('end')
