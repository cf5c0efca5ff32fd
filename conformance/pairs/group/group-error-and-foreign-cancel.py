"""A foreign cancel in the iteration of a child's error is not lost: it strikes at the next await after the group."""

import asyncio

from harness import log


async def main():
    event = asyncio.Event()

    async def bad():
        event.set()
        await asyncio.sleep(0)
        raise RuntimeError

    async def inner():
        task = asyncio.current_task()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(bad())
                try:
                    await asyncio.sleep(10)
                except asyncio.CancelledError:
                    log('body', task.cancelling())
                    raise
        except ExceptionGroup as error:
            log(error, task.cancelling())
        try:
            await asyncio.sleep(20)
        except asyncio.CancelledError:
            log('after', task.cancelling())
            raise
        log('never')

    task = asyncio.create_task(inner())
    await event.wait()
    log(task.cancelling())
    task.cancel()
    log(task.cancelling())
    try:
        await task
    except asyncio.CancelledError:
        log(task.cancelled())
