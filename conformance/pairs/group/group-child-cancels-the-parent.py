"""A child that cancels the parent of its group by hand: that is a foreign cancel, and stays one."""

import asyncio

from harness import log, reason


async def child(parent):
    await asyncio.sleep(5)
    log('child cancels', parent.cancel('by the child'))
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError as error:
        log('child cancelled', reason(error))
        raise


async def runner():
    task = asyncio.current_task()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child(task))
    except asyncio.CancelledError as error:
        log('runner', reason(error), task.cancelling())
        raise


async def main():
    task = asyncio.create_task(runner())
    await asyncio.wait([task])
    log(task.cancelled())
