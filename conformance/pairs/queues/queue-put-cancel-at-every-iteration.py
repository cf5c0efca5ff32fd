"""A putter cancelled in each iteration around a get: its item is in, or the next one's is."""

import asyncio

from harness import log


async def putter(queue, item):
    try:
        await queue.put(item)
        log('put', item)
    except asyncio.CancelledError:
        log('cancelled', item, queue.qsize())
        raise


async def main():
    for turns in range(4):
        queue = asyncio.Queue(1)
        queue.put_nowait('first')
        tasks = [asyncio.create_task(putter(queue, item)) for item in 'ab']
        await asyncio.sleep(0)
        queue.get_nowait()
        for _ in range(turns):
            await asyncio.sleep(0)
        log('cancel', turns, tasks[0].cancel())
        await asyncio.sleep(1)
        log(queue.get_nowait(), queue.qsize(), [task.done() for task in tasks])
        await asyncio.sleep(1)
        log(queue.qsize(), [task.done() for task in tasks])
