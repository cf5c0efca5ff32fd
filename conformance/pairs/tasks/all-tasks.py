"""`all_tasks` holds the tasks that are not done, from their making to their end."""

import asyncio

from harness import log


async def child(delay):
    await asyncio.sleep(delay)


def names():
    return sorted(task.get_name() for task in asyncio.all_tasks())


async def main():
    asyncio.current_task().set_name('main')
    log(names())
    first = asyncio.create_task(child(10), name='first')
    second = asyncio.create_task(child(20), name='second')
    log(names())
    await first
    log(names())
    second.cancel()
    log(names())
    await asyncio.sleep(0)
    log(names())
