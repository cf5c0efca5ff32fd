"""The error of the body stands after those of the children, even if it was first."""

import asyncio

from harness import log


async def bad(delay, error):
    await asyncio.sleep(delay)
    raise error


async def worse():
    try:
        await asyncio.sleep(100)
    finally:
        raise TypeError


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(worse())
            await asyncio.sleep(5)
            raise ValueError
    except ExceptionGroup as error:
        log('body first', error)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(bad(10, RuntimeError()))
            try:
                await asyncio.sleep(50)
            finally:
                raise ValueError
    except ExceptionGroup as error:
        log('child first', error)
    try:
        async with asyncio.TaskGroup():
            raise ValueError
    except ExceptionGroup as error:
        log('body alone', error)
