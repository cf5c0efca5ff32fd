"""When the third of several resources cannot be opened, those before it are closed; popAll keeps them open."""

import asyncio
import contextlib

from harness import log


@contextlib.asynccontextmanager
async def resource(n):
    await asyncio.sleep(n)
    if n == 3:
        raise ValueError
    try:
        yield n
    finally:
        log('closes', n)


async def open_all(numbers):
    async with contextlib.AsyncExitStack() as stack:
        for n in numbers:
            log('opened', await stack.enter_async_context(resource(n)))
        return stack.pop_all()


async def main():
    try:
        await open_all([1, 2, 3, 4])
    except ValueError as error:
        log('caught', error)
    stack = await open_all([1, 2])
    log('still open')
    await stack.aclose()
    await stack.aclose()
