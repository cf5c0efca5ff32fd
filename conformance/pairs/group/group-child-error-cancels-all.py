"""The error of a child cancels its siblings and the body once, and comes out in a group when all have ended."""

import asyncio

from harness import log


async def bad(delay):
    await asyncio.sleep(delay)
    log('raises')
    raise ZeroDivisionError


async def good(name, clean_up):
    try:
        await asyncio.sleep(100 + clean_up)
    except asyncio.CancelledError:
        log(name, 'cancelled')
        await asyncio.sleep(clean_up)
        log(name, 'cleaned up')
        raise


async def main():
    task = asyncio.current_task()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(bad(10))
            group.create_task(good('a', 5))
            group.create_task(good('b', 2))
            try:
                await asyncio.sleep(200)
            except asyncio.CancelledError:
                log('body cancelled', task.cancelling())
                raise
    except ExceptionGroup as error:
        log(len(error.exceptions), isinstance(error.exceptions[0], ZeroDivisionError))
    log(task.cancelling())
    await asyncio.sleep(1)
    log('goes on')
