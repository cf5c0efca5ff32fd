"""A shutdown in each iteration around a put and a get: who gets the item, and who the error."""

import asyncio

from harness import log


async def getter(queue, name):
    try:
        log(name, await queue.get())
    except asyncio.QueueShutDown as error:
        log(name, error)


async def putter(queue, item):
    try:
        await queue.put(item)
        log('put', item)
    except asyncio.QueueShutDown as error:
        log('not put', item, error)


async def main():
    for immediate in (False, True):
        for turns in range(5):
            log('shutdown', immediate, turns)
            queue = asyncio.Queue(1)
            tasks = [asyncio.create_task(getter(queue, 'a')), asyncio.create_task(getter(queue, 'b'))]
            await asyncio.sleep(1)
            tasks += [asyncio.create_task(putter(queue, n)) for n in range(4)]
            for _ in range(turns):
                await asyncio.sleep(0)
            queue.shutdown(immediate)
            log(queue.qsize())
            await asyncio.wait(tasks)
            log(queue.qsize())
