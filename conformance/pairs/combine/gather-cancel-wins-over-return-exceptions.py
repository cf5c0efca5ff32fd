"""A gather that is cancelled throws CancelledError even with returnExceptions, and even if a child survives."""

import asyncio

from harness import log


async def stubborn(name, delay):
    try:
        await asyncio.sleep(delay)
    except asyncio.CancelledError:
        log(name, 'survives')
        await asyncio.sleep(2)
    return name


async def waiter(return_exceptions):
    try:
        log(await asyncio.gather(
            stubborn('a', 101), asyncio.sleep(102), return_exceptions=return_exceptions))
    except asyncio.CancelledError as error:
        log('caught', error, asyncio.current_task().cancelling())
        raise


async def main():
    for return_exceptions in (True, False):
        task = asyncio.create_task(waiter(return_exceptions))
        await asyncio.sleep(10)
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            log('cancelled', task.cancelled())
