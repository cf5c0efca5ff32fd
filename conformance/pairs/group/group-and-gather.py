"""What a failure leaves behind: gather leaves its other children running, a group has none when it throws."""

import asyncio

from harness import log


async def child(name, delay):
    try:
        await asyncio.sleep(delay)
        log(name, 'ends')
    except asyncio.CancelledError:
        log(name, 'cancelled')
        raise


async def bad():
    await asyncio.sleep(5)
    raise ValueError


async def main():
    try:
        await asyncio.gather(child('of gather', 10), bad())
    except Exception as error:
        log(error, len(asyncio.all_tasks()))
    await asyncio.sleep(20)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child('of group', 10))
            group.create_task(bad())
    except Exception as error:
        log(error, len(asyncio.all_tasks()))
    await asyncio.sleep(20)
