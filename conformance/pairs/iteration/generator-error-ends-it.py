"""An async generator that has thrown is over: the next one finds its end."""

import asyncio

from harness import log


async def bad():
    yield 1
    await asyncio.sleep(1)
    raise ValueError


async def main():
    agen = bad()
    try:
        async for k in agen:
            log(k)
    except ValueError as error:
        log('caught', error)
    try:
        await anext(agen)
    except StopAsyncIteration as error:
        log(error)
    log(await anext(agen, 'default'))
    await agen.aclose()
