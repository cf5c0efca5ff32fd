"""`call_soon` is first in, first out, and what a callback adds runs in the next iteration."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()

    def callback(name, depth):
        log(name, depth)
        if depth:
            loop.call_soon(callback, name, depth - 1)

    for name in 'abc':
        loop.call_soon(callback, name, 2)
    await asyncio.sleep(0)
    log('main 1')
    await asyncio.sleep(0)
    log('main 2')
    await asyncio.sleep(0)
    log('main 3')
