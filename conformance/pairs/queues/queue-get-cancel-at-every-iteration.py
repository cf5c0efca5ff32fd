"""A getter cancelled in any iteration around the put: the item is taken, or still there for the next one."""

import asyncio

from harness import log


async def getter(queue, name):
    try:
        log(name, 'gets', await queue.get())
    except asyncio.CancelledError:
        log(name, 'cancelled', queue.qsize())
        raise


async def main():
    for turns in range(4):
        queue = asyncio.Queue()
        first = asyncio.create_task(getter(queue, 'first'))
        second = asyncio.create_task(getter(queue, 'second'))
        await asyncio.sleep(0)
        if turns == 3:
            first.cancel()
        queue.put_nowait('item')
        if turns < 3:
            for _ in range(turns):
                await asyncio.sleep(0)
            log('cancel', turns, first.cancel())
        await asyncio.sleep(1)
        log(first.done(), second.done(), queue.qsize())
        second.cancel()
        await asyncio.sleep(0)
