"""A cancel of the body comes at the yield of a context manager, which may await in its clean-up."""

import asyncio
import contextlib

from harness import log, reason


@contextlib.asynccontextmanager
async def resource():
    try:
        yield
    except asyncio.CancelledError as error:
        log('inside', reason(error))
        raise
    finally:
        await asyncio.sleep(5)
        log('closed')


async def worker():
    async with resource():
        await asyncio.sleep(100)


async def main():
    task = asyncio.create_task(worker())
    await asyncio.sleep(10)
    task.cancel('enough')
    await asyncio.wait([task])
    log(task.cancelled())
    try:
        async with asyncio.timeout(10):
            async with resource():
                await asyncio.sleep(100)
    except TimeoutError as error:
        log(error)
