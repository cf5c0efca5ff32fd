"""Calling a coroutine function runs nothing of its body."""

import asyncio

from harness import log


async def child(n):
    log('body', n)
    return n * 2


async def main():
    coro = child(21)
    log('called')
    await asyncio.sleep(0)
    log('still nothing')
    log('got', await coro)
