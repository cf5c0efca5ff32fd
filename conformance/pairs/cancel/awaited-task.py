"""A running task that cancels itself cancels whatever task it blocks on next."""

import asyncio

from harness import log


async def nested(future):
    await future


async def child(future, made):
    task = asyncio.create_task(nested(future))
    made.append(task)
    await asyncio.sleep(0)
    asyncio.current_task().cancel()
    await task


async def main():
    future = asyncio.get_running_loop().create_future()
    made = []
    task = asyncio.create_task(child(future, made))
    try:
        await task
    except asyncio.CancelledError as error:
        log(error)
    log(task.cancelled(), made[0].cancelled(), future.cancelled())
