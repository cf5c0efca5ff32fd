"""A group that is shutting down or has ended refuses new children, which never start."""

import asyncio

from harness import log


async def nop():
    log('never')


async def bad():
    raise ValueError


def attempt(group):
    coro = nop()
    try:
        group.create_task(coro)
    except RuntimeError as error:
        log('refused', error)


async def late(group):
    try:
        await asyncio.sleep(100)
    finally:
        attempt(group)


async def main():
    async with asyncio.TaskGroup() as group:
        pass
    attempt(group)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(late(group))
            group.create_task(bad())
            try:
                await asyncio.sleep(10)
            finally:
                attempt(group)
    except ExceptionGroup as error:
        log(error)
