"""aclosing closes what was not iterated to its end when its block ends, and does nothing to what was."""

import asyncio
import contextlib

from harness import log


async def count(name, n):
    try:
        for k in range(n):
            await asyncio.sleep(1)
            yield k
    finally:
        log(name, 'ends')


async def main():
    async with contextlib.aclosing(count('one', 10)) as agen:
        log(await anext(agen), await anext(agen))
        log('block ends')
    log(await anext(agen, 'over'))
    async with contextlib.aclosing(count('two', 1)) as agen:
        log([k async for k in agen])
        log('block ends')
    async with contextlib.aclosing(count('never begun', 1)):
        pass
