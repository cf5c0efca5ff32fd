"""A task that ignores a cancel waits on for its next future, which is not touched."""

import asyncio

from harness import log


async def child(first, second, third):
    await first
    try:
        await second
    except asyncio.CancelledError:
        log('ignored')
    return await third


async def main():
    loop = asyncio.get_running_loop()
    first, second, third = (loop.create_future() for _ in range(3))
    task = asyncio.create_task(child(first, second, third))
    await asyncio.sleep(0)
    first.set_result(None)
    await asyncio.sleep(0)
    task.cancel()
    log(second.cancelled())
    await asyncio.sleep(0)
    third.set_result(42)
    log(await task, third.cancelled(), task.cancelled())
