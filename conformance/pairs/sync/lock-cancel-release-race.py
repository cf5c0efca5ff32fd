"""When the lock is released and its next owner cancelled in one iteration, just the one after it gets the lock."""

import asyncio

from harness import log


async def worker(lock, name):
    log(name, 'asks')
    await lock.acquire()
    log(name, 'has it')


async def main():
    loop = asyncio.get_running_loop()
    for cancel_first in (True, False):
        lock = asyncio.Lock()
        await lock.acquire()
        tasks = [asyncio.create_task(worker(lock, name)) for name in 'abc']
        await asyncio.sleep(0)

        def trigger():
            if cancel_first:
                tasks[0].cancel()
            lock.release()
            if not cancel_first:
                tasks[0].cancel()

        loop.call_soon(trigger)
        try:
            await tasks[0]
        except asyncio.CancelledError:
            log('a is cancelled', tasks[1].done(), tasks[2].done())
        await asyncio.sleep(0)
        log(tasks[1].done(), tasks[2].done(), lock.locked())
        tasks[2].cancel()
        await asyncio.sleep(0)
        log(tasks[2].cancelled(), lock.locked())
