"""Workers in a group that end by the shutdown of their queue: every item is worked on, and the group ends."""

import asyncio

from harness import log


async def worker(queue, name):
    try:
        while True:
            item = await queue.get()
            await asyncio.sleep(item)
            log(name, item)
            queue.task_done()
    except asyncio.QueueShutDown:
        log(name, 'ends')


async def main():
    queue = asyncio.Queue(2)
    async with asyncio.TaskGroup() as group:
        for name in 'abc':
            group.create_task(worker(queue, name))
        for item in (70, 31, 50, 42, 90, 13):
            await queue.put(item)
            log('put', item)
        queue.shutdown()
        await queue.join()
        log('joined')
    log('end')
