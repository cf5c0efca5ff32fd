"""A future without a task that nobody sets blocks for ever."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    fut = loop.create_future()
    log('waiting')
    await fut
    log('not reached')
