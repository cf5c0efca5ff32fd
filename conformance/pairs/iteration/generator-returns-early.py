"""A return in the middle ends a generator, through its finally, and for await ends with it."""

import asyncio

from harness import log


async def count(n):
    try:
        for k in range(n):
            if k == 2:
                return
            yield k
    finally:
        await asyncio.sleep(1)
        log('finally')


async def main():
    async for k in count(5):
        log(k)
    log('end')
    agen = count(1)
    log(await anext(agen), await anext(agen, 'over'), await anext(agen, 'still over'))
