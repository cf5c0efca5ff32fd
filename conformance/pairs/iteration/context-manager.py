"""A context manager out of a generator: the error of the body comes at its yield, and may stop there or change."""

import asyncio
import contextlib

from harness import log


@contextlib.asynccontextmanager
async def transaction(how):
    await asyncio.sleep(1)
    log('begin', how)
    try:
        yield how
        log('commit')
    except ValueError as error:
        log('roll back', error)
        if how == 'change':
            raise TypeError
        if how == 'pass':
            raise
    finally:
        await asyncio.sleep(1)
        log('end')


async def main():
    async with transaction('well') as value:
        log('body', value)
    for how in ('swallow', 'change', 'pass'):
        try:
            async with transaction(how):
                raise ValueError
            log('no error')
        except Exception as error:
            log('caught', error)
