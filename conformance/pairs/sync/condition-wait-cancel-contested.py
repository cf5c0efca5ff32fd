"""A notified waiter that is cancelled while others hold the lock ends cancelled, and has the lock."""

import asyncio

from harness import log


async def waiter(condition):
    try:
        log('woken', await condition.wait())
    except asyncio.CancelledError:
        log('cancelled')
        raise


async def main():
    condition = asyncio.Condition()
    loop = asyncio.get_running_loop()
    await condition.acquire()
    task = asyncio.create_task(waiter(condition))
    await asyncio.sleep(0)
    log(condition.locked())
    await condition.acquire()
    condition.notify()
    loop.call_soon(task.cancel)
    loop.call_soon(condition.release)
    try:
        await task
    except asyncio.CancelledError:
        log('main')
    log(condition.locked(), task.cancelled())
