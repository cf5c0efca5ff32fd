"""A timeout inside a child is the child's own; one that is not caught there is an error of the group."""

import asyncio

from harness import log


async def child(name, delay, catches):
    try:
        async with asyncio.timeout(delay):
            await asyncio.sleep(100 + delay)
    except TimeoutError:
        log(name, 'timed out')
        if not catches:
            raise
    except asyncio.CancelledError:
        log(name, 'cancelled')
        raise


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child('a', 5, True))
            group.create_task(child('b', 10, False))
            group.create_task(child('c', 20, True))
    except ExceptionGroup as error:
        log(error)
