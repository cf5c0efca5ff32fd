"""A child fails, and the body fails with something else in its clean-up: both errors, and not the cancellation."""

import asyncio

from harness import log


async def bad():
    await asyncio.sleep(10)
    raise ValueError


async def nested(delay):
    try:
        await asyncio.sleep(delay)
    finally:
        raise TypeError


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(bad())
            await nested(100)
    except BaseException as error:
        log(error, asyncio.current_task().cancelling())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(nested(100))
            group.create_task(nested(101))
            await bad()
    except BaseException as error:
        log(error, asyncio.current_task().cancelling())
