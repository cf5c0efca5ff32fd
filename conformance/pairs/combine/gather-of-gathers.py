"""Gathers inside a gather: results nest, an error inside reaches the outermost, and the rest runs on."""

import asyncio

from harness import log


async def child(delay):
    await asyncio.sleep(delay)
    log('ends', delay)
    if delay == 15:
        raise ValueError
    return delay


async def main():
    log(await asyncio.gather(asyncio.gather(child(3), child(1)), child(2)))
    try:
        await asyncio.gather(asyncio.gather(child(31), child(15)), asyncio.gather(child(21)))
    except ValueError as error:
        log('caught', error)
    inner = asyncio.gather(child(15), child(4))
    log(await asyncio.gather(inner, child(5), return_exceptions=True))
    await asyncio.sleep(20)
