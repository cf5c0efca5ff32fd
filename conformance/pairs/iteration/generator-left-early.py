"""Leaving an async generator early closes it: its finally runs to the end, with all that it awaits, first."""

import asyncio
import contextlib

from harness import log


async def count():
    k = 0
    try:
        while True:
            yield k
            k += 1
    finally:
        log('closing')
        await asyncio.sleep(5)
        log('closed')


async def main():
    async with contextlib.aclosing(count()) as agen:
        async for k in agen:
            log(k)
            if k == 2:
                break
    log('after')
    try:
        async with contextlib.aclosing(count()) as agen:
            async for k in agen:
                raise ValueError
    except ValueError as error:
        log('caught', error)
