"""Managers inside each other: the inner one ends first, and its error is what the outer one sees."""

import asyncio
import contextlib

from harness import log


@contextlib.asynccontextmanager
async def manager(name, fails=False):
    log(name, 'enter')
    try:
        yield name
    except BaseException as error:
        log(name, 'sees', error)
        if fails:
            raise TypeError
        raise
    finally:
        await asyncio.sleep(1)
        log(name, 'exit')


async def main():
    for fails in (False, True):
        try:
            async with manager('outer') as outer, manager('inner', fails) as inner:
                log(outer, inner)
                await asyncio.sleep(1)
                raise ValueError
        except Exception as error:
            log('caught', error)
    async with manager('outer') as outer:
        log(outer, await asyncio.sleep(1, 'value'))
