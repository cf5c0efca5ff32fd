"""Errors that children raise while they are cancelled join the group, in the order in which they come."""

import asyncio

from harness import log


async def child(delay, error):
    try:
        await asyncio.sleep(100 + delay)
    finally:
        await asyncio.sleep(delay)
        raise error


async def runner():
    async with asyncio.TaskGroup() as group:
        group.create_task(child(3, ValueError()))
        group.create_task(child(1, RuntimeError()))
        group.create_task(child(2, TypeError()))
        await asyncio.sleep(50)


async def main():
    task = asyncio.create_task(runner())
    await asyncio.sleep(10)
    log(task.done(), task.cancel())
    try:
        await task
    except ExceptionGroup as error:
        log(error, task.cancelled(), task.cancelling())
