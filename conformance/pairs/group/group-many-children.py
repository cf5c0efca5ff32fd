"""Many children that end at different times, with one that fails in the middle: who is cancelled, who was done."""

import asyncio

from harness import log


async def child(n):
    try:
        await asyncio.sleep(n)
        if n == 20:
            raise ValueError
        return n
    except asyncio.CancelledError:
        if n % 7 == 0:
            raise RuntimeError
        raise


async def main():
    tasks = []
    try:
        async with asyncio.TaskGroup() as group:
            for n in range(1, 41):
                tasks.append(group.create_task(child(n)))
    except ExceptionGroup as error:
        log(error)
    log(sum(1 for task in tasks if task.cancelled()))
    log([task.result() for task in tasks if not task.cancelled() and not task.exception()])
