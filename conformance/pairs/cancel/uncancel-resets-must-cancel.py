"""A runnable task whose request is taken back gets the result it waited for."""

import asyncio

from harness import log


async def child(future):
    log('got', await future)
    return 42


async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(child(future))
    await asyncio.sleep(0)
    future.set_result('value')
    task.cancel()
    log(task.cancelling())
    task.uncancel()
    log(task.cancelling())
    log(await task)
