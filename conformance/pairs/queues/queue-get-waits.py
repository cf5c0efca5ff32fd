"""Getters of an empty queue are woken in order, one for each item, in the iteration after the put."""

import asyncio

from harness import log


async def getter(queue, name):
    log(name, await queue.get())


async def main():
    queue = asyncio.Queue()
    tasks = [asyncio.create_task(getter(queue, name)) for name in 'abc']
    await asyncio.sleep(5)
    queue.put_nowait(1)
    queue.put_nowait(2)
    log('put', queue.qsize())
    await asyncio.sleep(0)
    log('one iteration on', queue.qsize())
    await queue.put(3)
    await asyncio.gather(*tasks)
