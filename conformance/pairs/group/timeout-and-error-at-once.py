"""A child fails in each iteration around the expiry of the timeout of its group: the group's error, or TimeoutError."""

import asyncio

from harness import log, spend


async def bad(turns):
    try:
        await asyncio.sleep(9.5)
        spend(0.5)
        for _ in range(turns):
            await asyncio.sleep(0)
        log('raises')
        raise ValueError
    except asyncio.CancelledError:
        log('cancelled')
        raise


async def main():
    task = asyncio.current_task()
    for turns in range(5):
        try:
            async with asyncio.timeout(10) as scope:
                async with asyncio.TaskGroup() as group:
                    group.create_task(bad(turns))
        except BaseException as error:
            log(turns, error, scope.expired(), task.cancelling())
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            log('cancelled after', task.cancelling())
            task.uncancel()
