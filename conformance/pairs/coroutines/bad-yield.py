"""Yielding what is no awaitable throws RuntimeError into the generator, which may go on."""

import asyncio
import types

from harness import log


@types.coroutine
def child():
    try:
        yield 5
    except RuntimeError as error:
        log('caught', error)
    yield from asyncio.sleep(1)
    return 'went on'


async def main():
    log(await child())
