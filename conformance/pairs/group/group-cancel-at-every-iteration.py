"""The parent cancelled in each iteration of a group: what the children do, and what comes out."""

import asyncio

from harness import log


async def child(name, turns):
    try:
        for _ in range(turns):
            await asyncio.sleep(0)
        log(name, 'ends')
    except asyncio.CancelledError:
        log(name, 'cancelled')
        raise


async def parent():
    task = asyncio.current_task()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child('a', 1))
            await asyncio.sleep(0)
            group.create_task(child('b', 1))
    finally:
        log('parent', task.cancelling())


async def main():
    for turns in range(8):
        task = asyncio.create_task(parent())
        for _ in range(turns):
            await asyncio.sleep(0)
        log('cancel', turns, task.cancel())
        await asyncio.wait([task])
        log(task.cancelled())
