"""Locks, events and queues may be released, set and filled by plain callbacks of the loop."""

import asyncio

from harness import log, ticks


async def main():
    loop = asyncio.get_running_loop()
    lock, event, queue = asyncio.Lock(), asyncio.Event(), asyncio.Queue()
    semaphore = asyncio.Semaphore(0)
    await lock.acquire()
    loop.call_later(5, lock.release)
    loop.call_later(6, event.set)
    loop.call_later(7, queue.put_nowait, 'item')
    loop.call_later(8, semaphore.release)
    await lock.acquire()
    log('lock')
    await event.wait()
    log('event')
    log(await queue.get())
    await semaphore.acquire()
    log('semaphore')
    loop.call_soon(lock.release)
    start = ticks()
    await lock.acquire()
    log(ticks() - start)
