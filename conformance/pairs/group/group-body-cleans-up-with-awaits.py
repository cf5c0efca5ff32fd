"""A body that awaits in its clean-up after its group has cancelled it, and is cancelled from outside meanwhile."""

import asyncio

from harness import log, reason


async def bad():
    await asyncio.sleep(5)
    raise ValueError


async def runner():
    task = asyncio.current_task()
    async with asyncio.TaskGroup() as group:
        group.create_task(bad())
        try:
            await asyncio.sleep(100)
        finally:
            log('clean-up', task.cancelling())
            try:
                await asyncio.sleep(10)
                log('cleaned up', task.cancelling())
            except asyncio.CancelledError as error:
                log('cut short', reason(error), task.cancelling())
                raise


async def main():
    for foreign in (False, True):
        task = asyncio.create_task(runner())
        await asyncio.sleep(8)
        if foreign:
            task.cancel('foreign')
        try:
            await task
        except BaseException as error:
            log(error, task.cancelled(), task.cancelling())
