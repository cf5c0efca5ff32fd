"""An item belongs to nobody until it is taken: the woken getter may find the queue empty, and waits on."""

import asyncio

from harness import log


async def getter(queue, name):
    log(name, 'asks')
    log(name, await queue.get())


async def main():
    queue = asyncio.Queue()
    first = asyncio.create_task(getter(queue, 'first'))
    second = asyncio.create_task(getter(queue, 'second'))
    await asyncio.sleep(0)
    queue.put_nowait('one')
    log('main', queue.get_nowait())
    await asyncio.sleep(1)
    log(first.done(), second.done())
    queue.put_nowait('two')
    await asyncio.sleep(1)
    queue.put_nowait('three')
    await asyncio.gather(first, second)
