"""A body that swallows the cancel of its group runs to its end; the children's errors come out all the same."""

import asyncio

from harness import log


async def bad():
    await asyncio.sleep(5)
    raise ValueError


async def main():
    task = asyncio.current_task()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(bad())
            try:
                await asyncio.sleep(100)
            except asyncio.CancelledError:
                log('swallowed', task.cancelling())
            await asyncio.sleep(10)
            log('body ends', task.cancelling())
    except ExceptionGroup as error:
        log(error, task.cancelling())
