"""Cancelling a task again while its group waits for children that clean up does not make the group leave them."""

import asyncio

from harness import log


async def child():
    try:
        await asyncio.sleep(100)
    finally:
        log('clean-up begins')
        await asyncio.sleep(20)
        log('clean-up ends')


async def runner():
    async with asyncio.TaskGroup() as group:
        group.create_task(child())
        await asyncio.sleep(200)


async def main():
    task = asyncio.create_task(runner())
    for _ in range(3):
        await asyncio.sleep(5)
        log(task.cancel(), task.cancelling())
    try:
        await task
    except asyncio.CancelledError:
        log('cancelled', task.cancelling())
