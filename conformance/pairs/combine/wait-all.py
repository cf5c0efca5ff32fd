"""wait gives all tasks as done, those that failed or were cancelled too, and throws nothing."""

import asyncio

from harness import log


async def child(delay, error=None):
    await asyncio.sleep(delay)
    if error is not None:
        raise error


async def main():
    tasks = [
        asyncio.create_task(child(30), name='slow'),
        asyncio.create_task(child(10, ValueError()), name='bad'),
        asyncio.create_task(child(20), name='cancelled'),
    ]
    asyncio.get_running_loop().call_later(5, tasks[2].cancel)
    done, pending = await asyncio.wait(tasks)
    log([task.get_name() for task in done], [task.get_name() for task in pending])
    log(tasks[1].exception(), tasks[2].cancelled())
