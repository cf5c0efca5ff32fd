"""A generator over another one closes it when it is closed itself, the inner one first."""

import asyncio
import contextlib

from harness import log


async def inner():
    try:
        for n in range(10):
            await asyncio.sleep(1)
            yield n
    finally:
        await asyncio.sleep(1)
        log('inner closed')


async def outer():
    try:
        async with contextlib.aclosing(inner()) as agen:
            async for n in agen:
                yield n * 10
    finally:
        log('outer closed')


async def main():
    async with contextlib.aclosing(outer()) as agen:
        async for n in agen:
            log(n)
            if n == 20:
                break
    log('end')
