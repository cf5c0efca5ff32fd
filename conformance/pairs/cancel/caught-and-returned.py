"""A task that answers a cancel with a value is not cancelled."""

import asyncio

from harness import log


async def child(first, second):
    await first
    try:
        await second
    except asyncio.CancelledError:
        return 42


async def main():
    loop = asyncio.get_running_loop()
    first, second = loop.create_future(), loop.create_future()
    task = asyncio.create_task(child(first, second))
    await asyncio.sleep(0)
    first.set_result(None)
    await asyncio.sleep(0)
    log(task.cancel(), second.cancelled())
    log(await task, task.cancelled())
