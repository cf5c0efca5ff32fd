"""A lock that has had a waiter belongs to that loop: to wait for it in another one is a RuntimeError."""

import asyncio

from harness import log, nested_run

# The inner program runs in a thread here. There it is a promise of another loop: waiting for it costs
# iterations of the outer one.
TICKS = False


async def other(lock):
    try:
        await lock.acquire()
    except RuntimeError as error:
        return type(error).__name__


async def waiter(lock):
    async with lock:
        log('has it')


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    task = asyncio.create_task(waiter(lock))
    await asyncio.sleep(0)
    log(nested_run(other(lock)))
    lock.release()
    await task
