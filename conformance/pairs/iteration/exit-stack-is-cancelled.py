"""Cancelled in the body or while it leaves, an exit stack leaves everything that is in it."""

import asyncio
import contextlib

from harness import log, reason


async def close(name):
    try:
        await asyncio.sleep(10)
        log(name, 'closed')
    except asyncio.CancelledError as error:
        log(name, 'cut short', reason(error))
        raise


async def worker():
    async with contextlib.AsyncExitStack() as stack:
        for name in 'abc':
            stack.push_async_callback(close, name)
        await asyncio.sleep(100)


async def main():
    task = asyncio.create_task(worker())
    await asyncio.sleep(5)
    task.cancel('first')
    await asyncio.sleep(15)
    task.cancel('second')
    try:
        await task
    except asyncio.CancelledError as error:
        log('cancelled', reason(error), task.cancelling())
