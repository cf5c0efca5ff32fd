"""Errors of an inner group that is cancelled from outside come out as a group in the outer group."""

import asyncio

from harness import log


async def child(error):
    try:
        await asyncio.sleep(100)
    finally:
        raise error


async def runner():
    async with asyncio.TaskGroup():
        async with asyncio.TaskGroup() as inner:
            inner.create_task(child(ValueError()))
            await asyncio.sleep(5)
            inner.create_task(child(RuntimeError()))
            await asyncio.sleep(50)


async def main():
    task = asyncio.create_task(runner())
    await asyncio.sleep(10)
    task.cancel()
    try:
        await task
    except ExceptionGroup as error:
        log(error, task.cancelling())
