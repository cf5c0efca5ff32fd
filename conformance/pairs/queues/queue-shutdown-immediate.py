"""An immediate shutdown drops what is in the queue and counts it as done; what was taken still has to be reported."""

import asyncio

from harness import log


async def attempt(doing):
    try:
        log(await doing)
    except asyncio.QueueShutDown as error:
        log(error)


async def main():
    queue = asyncio.Queue()
    queue.put_nowait('a')
    queue.put_nowait('b')
    joining = asyncio.create_task(queue.join())
    log(await queue.get())
    queue.shutdown(immediate=True)
    log(queue.qsize())
    await asyncio.sleep(0)
    log(joining.done())
    await attempt(queue.put('c'))
    await attempt(queue.get())
    queue.task_done()
    try:
        queue.task_done()
    except ValueError as error:
        log(error)
    await asyncio.sleep(0)
    log(joining.done())
    other = asyncio.Queue()
    other.put_nowait('a')
    joining = asyncio.create_task(other.join())
    await asyncio.sleep(1)
    other.shutdown(immediate=True)
    await joining
    log('all dropped')
