"""An error that is thrown into an async generator comes at its yield; caught, it goes on, uncaught, it ends."""

import asyncio

from harness import log


async def stubborn():
    for n in range(3):
        try:
            yield n
        except ValueError as error:
            log('inside', error)
            await asyncio.sleep(2)


async def main():
    agen = stubborn()
    log(await anext(agen))
    log(await agen.athrow(ValueError()))
    try:
        await agen.athrow(TypeError())
    except TypeError as error:
        log('outside', error)
    log(await anext(agen, 'over'))
    fresh = stubborn()
    try:
        await fresh.athrow(ValueError())
    except ValueError as error:
        log('not begun', error)
    log(await anext(fresh, 'over'))
