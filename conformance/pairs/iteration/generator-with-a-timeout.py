"""A timeout around the loop over a generator strikes inside the generator, which is closed by that."""

import asyncio

from harness import log


async def ticker():
    try:
        for n in range(10):
            await asyncio.sleep(10)
            yield n
    finally:
        log('closed')


async def main():
    try:
        async with asyncio.timeout(25):
            async for n in ticker():
                log(n)
    except TimeoutError as error:
        log(error)
    agen = ticker()
    for _ in range(2):
        try:
            log(await asyncio.wait_for(anext(agen, 'over'), 5))
        except TimeoutError as error:
            log(error)
