"""A child fails and the parent is cancelled, in each iteration around: group or cancellation, and the count."""

import asyncio

from harness import log


async def bad(turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    raise ValueError


async def slow():
    try:
        await asyncio.sleep(100)
    finally:
        await asyncio.sleep(0)


async def parent():
    task = asyncio.current_task()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(slow())
            group.create_task(bad(1))
            await asyncio.sleep(101)
    except BaseException as error:
        log('parent', error, task.cancelling())
    try:
        await asyncio.sleep(0)
        log('goes on', task.cancelling())
    except asyncio.CancelledError:
        log('cancelled after', task.cancelling())


async def main():
    for turns in range(1, 9):
        task = asyncio.create_task(parent())
        for _ in range(turns):
            await asyncio.sleep(0)
        log('cancel', turns, task.cancel())
        await asyncio.wait([task])
        log(task.cancelled())
