"""Of three putters the one that is cancelled puts nothing, and the one before it is not lost."""

import asyncio

from harness import log


async def main():
    queue = asyncio.Queue(1)
    tasks = [asyncio.create_task(queue.put(item)) for item in 'abx']
    await asyncio.sleep(0)
    log([task.done() for task in tasks])
    tasks[2].cancel()
    await asyncio.sleep(0)
    log(tasks[2].cancelled(), queue.get_nowait())
    await asyncio.sleep(0)
    log(queue.get_nowait(), queue.empty())
    await tasks[1]
