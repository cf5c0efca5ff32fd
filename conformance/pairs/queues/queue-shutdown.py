"""A queue that is shut down takes nothing more, and gives what it has left; then get is an error too."""

import asyncio

from harness import log


async def main():
    queue = asyncio.Queue()
    queue.put_nowait('a')
    queue.put_nowait('b')
    queue.shutdown()
    for attempt in (lambda: queue.put('c'), queue.get, queue.get, queue.get):
        try:
            log(await attempt())
        except asyncio.QueueShutDown as error:
            log(error, queue.qsize())
    for attempt in (lambda: queue.put_nowait('c'), queue.get_nowait):
        try:
            attempt()
        except asyncio.QueueShutDown as error:
            log(error)
    queue.task_done()
    joining = asyncio.create_task(queue.join())
    await asyncio.sleep(1)
    log(joining.done())
    queue.task_done()
    await joining
    queue.shutdown()
