"""Future first, task second, both in one iteration: one cancel comes out."""

import asyncio

from harness import log


async def child(future):
    await future
    return 12


async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(child(future))
    await asyncio.sleep(0)
    log(future.cancel(), task.cancel(), task.cancelling())
    try:
        await task
    except asyncio.CancelledError as error:
        log(error)
    log(task.done(), future.cancelled(), task.cancelled())
