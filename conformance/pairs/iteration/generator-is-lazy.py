"""An async generator begins at the first next, and costs only the iterations that it awaits itself."""

import asyncio

from harness import log, ticks


async def count(n):
    log('begins')
    for k in range(n):
        if k % 2:
            await asyncio.sleep(5)
        log('yields', k)
        yield k
    log('ends')


async def main():
    agen = count(4)
    log('made')
    start = ticks()
    log('first', await anext(agen), ticks() - start)
    async for k in agen:
        log('got', k, ticks() - start)
    log('all', ticks() - start)
    log([k async for k in count(3)])
