"""A timeout in the body of a group, around part of it: the children run on when it strikes."""

import asyncio

from harness import log


async def child(name, delay):
    try:
        await asyncio.sleep(delay)
        log(name, 'ends')
    except asyncio.CancelledError:
        log(name, 'cancelled')
        raise


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(child('a', 30))
        try:
            async with asyncio.timeout(10):
                group.create_task(child('b', 20))
                await asyncio.sleep(100)
        except TimeoutError as error:
            log(error, asyncio.current_task().cancelling())
    log('end')
