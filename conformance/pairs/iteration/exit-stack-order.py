"""An exit stack leaves in the reverse order, each awaited to its end, and tells each of the error."""

import asyncio
import contextlib

from harness import log


@contextlib.asynccontextmanager
async def resource(name, delay):
    log(name, 'opens')
    try:
        yield name
    finally:
        await asyncio.sleep(delay)
        log(name, 'closed')


async def told(kind, error, traceback):
    await asyncio.sleep(1)
    log('told', error)


async def called(value):
    await asyncio.sleep(2)
    log('called', value)


async def main():
    for error in (None, ValueError()):
        try:
            async with contextlib.AsyncExitStack() as stack:
                log(await stack.enter_async_context(resource('a', 5)))
                stack.callback(log, 'callback', 1)
                stack.push_async_exit(told)
                log(await stack.enter_async_context(resource('b', 3)))
                stack.push_async_callback(called, 'value')
                log('body')
                if error:
                    raise error
        except ValueError as caught:
            log('caught', caught, caught is error)
