"""Read by for await, asCompleted gives the tasks themselves, in the order of their ends."""

import asyncio

from harness import log


async def child(delay):
    await asyncio.sleep(delay)
    if delay == 20:
        raise ValueError
    return delay


async def main():
    tasks = [asyncio.create_task(child(delay), name=f'task {delay}') for delay in (30, 10, 20)]
    async for task in asyncio.as_completed(tasks):
        log(task.get_name(), task in tasks, task.done(), task.exception())
