"""What wakes in one iteration runs in the order in which it was woken, whatever it waited for."""

import asyncio

from harness import log


async def waiter(name, awaitable):
    await awaitable
    log(name)


async def main():
    loop = asyncio.get_running_loop()
    lock, event, queue = asyncio.Lock(), asyncio.Event(), asyncio.Queue()
    semaphore, future = asyncio.Semaphore(0), loop.create_future()
    await lock.acquire()
    waits = {
        'queue': queue.get(), 'lock': lock.acquire(), 'event': event.wait(),
        'semaphore': semaphore.acquire(), 'future': future, 'other event': event.wait(),
    }
    tasks = [asyncio.create_task(waiter(name, wait)) for name, wait in waits.items()]
    await asyncio.sleep(1)
    semaphore.release()
    loop.call_soon(log, 'callback')
    event.set()
    future.set_result(None)
    queue.put_nowait('item')
    loop.call_soon(log, 'another callback')
    lock.release()
    await asyncio.gather(*tasks)
