"""A task knows its coroutine and its loop."""

import asyncio

from harness import log


async def child():
    await asyncio.sleep(0)


async def main():
    loop = asyncio.get_running_loop()
    coro = child()
    task = asyncio.create_task(coro)
    log(task.get_coro() is coro, task.get_loop() is loop)
    await task
    log(task.get_coro() is coro, asyncio.current_task().get_loop() is loop)
