"""A gather of what ends at once takes three iterations, of what is done already none."""

import asyncio

from harness import log, ticks


async def nop():
    pass


async def main():
    start = ticks()
    await asyncio.gather(nop())
    log('one', ticks() - start)
    start = ticks()
    await asyncio.gather(nop(), nop(), nop())
    log('three', ticks() - start)
    done = asyncio.get_running_loop().create_future()
    done.set_result('value')
    start = ticks()
    log(await asyncio.gather(done, done))
    log('done', ticks() - start)
    start = ticks()
    log(await asyncio.gather(done, nop()))
    log('mixed', ticks() - start)
