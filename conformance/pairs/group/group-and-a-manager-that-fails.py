"""A child's error cancels the body, whose context manager fails on its way out: both are in the group."""

import asyncio
import contextlib

from harness import log


@contextlib.asynccontextmanager
async def database():
    try:
        yield
    finally:
        log('closing')
        raise RuntimeError


async def bad():
    raise ValueError


async def main():
    task = asyncio.current_task()
    try:
        async with asyncio.TaskGroup() as group:
            async with database():
                group.create_task(bad())
                await asyncio.sleep(10)
    except ExceptionGroup as error:
        log(error, task.cancelling())
