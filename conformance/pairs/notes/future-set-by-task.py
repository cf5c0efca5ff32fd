"""A future without a task of its own is done when somebody sets its result."""

import asyncio

from harness import log


async def set_after(fut):
    await asyncio.sleep(2000)
    fut.set_result('ok')


async def main():
    loop = asyncio.get_running_loop()
    fut = loop.create_future()
    await loop.create_task(set_after(fut))
    data = await fut
    log(data)
