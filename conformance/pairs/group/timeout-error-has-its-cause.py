"""The cause of a TimeoutError is the CancelledError that it was made of; a group's errors have none."""

import asyncio

from harness import log


async def attempt(name, waiting):
    try:
        await waiting
    except Exception as error:
        log(name, error, error.__cause__)


async def with_timeout():
    async with asyncio.timeout(5):
        await asyncio.sleep(10)


async def nested():
    async with asyncio.timeout(5):
        async with asyncio.timeout(50):
            await asyncio.sleep(10)


async def bad():
    raise ValueError


async def group():
    async with asyncio.TaskGroup() as group:
        group.create_task(bad())


async def main():
    await attempt('timeout', with_timeout())
    await attempt('nested', nested())
    await attempt('wait_for', asyncio.wait_for(asyncio.sleep(10), 5))
    await attempt('wait_for at once', asyncio.wait_for(asyncio.sleep(10), 0))
    await attempt('group', group())
