"""gather gives its results in the order of its arguments, whichever ends first."""

import asyncio

from harness import log


async def child(delay):
    log('start', delay)
    await asyncio.sleep(delay)
    log('end', delay)
    return delay


async def main():
    log(await asyncio.gather(child(30), child(10), child(20)))
    log(await asyncio.gather(*[child(n) for n in (3, 2, 1)]))
