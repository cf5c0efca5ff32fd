"""A timeout around a group cancels the group; errors of its clean-up win over the TimeoutError."""

import asyncio

from harness import log


async def child(fails):
    try:
        await asyncio.sleep(100 + fails)
    finally:
        log('child ends')
        if fails:
            raise ZeroDivisionError


async def main():
    task = asyncio.current_task()
    for fails in (False, True):
        try:
            async with asyncio.timeout(10) as scope:
                async with asyncio.TaskGroup() as group:
                    group.create_task(child(fails))
                    try:
                        raise ValueError
                    finally:
                        await asyncio.sleep(50)
        except TimeoutError as error:
            log('caught', error, scope.expired(), task.cancelling())
        except ExceptionGroup as error:
            log('group', len(error.exceptions), scope.expired(), task.cancelling())
