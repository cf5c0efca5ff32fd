"""A putter that is cancelled after it was woken passes the free place on to the next one."""

import asyncio

from harness import log


async def putter(queue, item):
    try:
        await queue.put(item)
        log('put', item)
    except asyncio.CancelledError:
        log('cancelled', item)
        raise


async def main():
    queue = asyncio.Queue(1)
    queue.put_nowait('first')
    tasks = [asyncio.create_task(putter(queue, item)) for item in 'abc']
    await asyncio.sleep(0)
    log(queue.get_nowait())
    tasks[0].cancel()
    await asyncio.sleep(1)
    log([task.done() for task in tasks], queue.get_nowait())
    await asyncio.sleep(1)
    log(queue.get_nowait(), queue.qsize())
