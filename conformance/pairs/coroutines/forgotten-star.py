"""Yielding a future itself, not from it, throws RuntimeError into the generator."""

import asyncio
import types

from harness import log


@types.coroutine
def child(future):
    try:
        yield future
    except RuntimeError as error:
        log('caught', error)
    value = yield from future
    return value


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_later(3, future.set_result, 'value')
    log(await child(future))
