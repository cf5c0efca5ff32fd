"""A group that has failed leaves a cancel to be thrown later: one that comes before that says why."""

import asyncio

from harness import log, reason


async def fail():
    asyncio.current_task().cancel('first')
    try:
        await asyncio.sleep(2)
    except asyncio.CancelledError as error:
        log(error, reason(error))
    async with asyncio.TaskGroup():
        raise ValueError('body')


async def main():
    async with asyncio.timeout(10):
        try:
            await fail()
        except ExceptionGroup as error:
            log(error, asyncio.current_task().cancelling())
        asyncio.current_task().cancel('second')
        try:
            await asyncio.sleep(2)
        except asyncio.CancelledError as error:
            log(error, reason(error), asyncio.current_task().cancelling())
    await asyncio.sleep(1)
    log('goes on')
