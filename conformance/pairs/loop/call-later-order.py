"""Timers fire in the order of their deadlines."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    for delay in (30, 10, 50, 20, 40, 0.5):
        timer = loop.call_later(delay, log, 'after', delay)
        log('due', timer.when())
    await asyncio.sleep(25)
    log('25')
    loop.call_later(10, log, 'at 35')
    await asyncio.sleep(100)
    log('end')
