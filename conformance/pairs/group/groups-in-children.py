"""A child with a group of its own: its errors come out nested, and an error beside it cancels it with its children."""

import asyncio

from harness import log


async def leaf(name, delay, fails=False):
    try:
        await asyncio.sleep(delay)
        if fails:
            raise ValueError
        log(name, 'ends')
    except asyncio.CancelledError:
        log(name, 'cancelled')
        raise


async def branch(name, delay, fails):
    async with asyncio.TaskGroup() as group:
        group.create_task(leaf(f'{name}1', delay, fails))
        group.create_task(leaf(f'{name}2', delay + 2))


async def main():
    for fails in (True, False):
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(branch('a', 10, fails))
                group.create_task(branch('b', 15, False))
                group.create_task(leaf('c', 13.5, not fails))
        except ExceptionGroup as error:
            log(error)
