"""A child that swallows the cancel of its group runs on, and the group waits for it."""

import asyncio

from harness import log


async def stubborn():
    for _ in range(3):
        try:
            await asyncio.sleep(10)
            log('slept')
        except asyncio.CancelledError:
            log('swallowed')
    return 'value'


async def bad():
    await asyncio.sleep(5)
    raise ValueError


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(stubborn())
            group.create_task(bad())
    except ExceptionGroup as error:
        log(error, task.result())
