"""A coroutine awaits itself down to a leaf that suspends; the way up costs no iteration."""

import asyncio

from harness import log


async def depth(n):
    if n == 0:
        log('bottom')
        await asyncio.sleep(5)
        log('up again')
        return 0
    return 1 + await depth(n - 1)


async def fibonacci(n):
    if n < 2:
        await asyncio.sleep(0)
        return n
    return await fibonacci(n - 1) + await fibonacci(n - 2)


async def main():
    log(await depth(100))
    log(await fibonacci(7))
