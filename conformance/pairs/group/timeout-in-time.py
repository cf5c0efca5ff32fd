"""A body that ends in time gives its value with no iteration more, and its timer does not keep the loop."""

import asyncio

from harness import log, ticks


async def work(scope):
    await asyncio.sleep(5)
    return 'value'


async def main():
    start = ticks()
    async with asyncio.timeout(1000) as scope:
        log('inside', ticks() - start)
    log('empty', ticks() - start, scope.expired())
    async with asyncio.timeout(1000) as scope:
        log(await work(scope))
    log(scope.expired(), scope.when())
