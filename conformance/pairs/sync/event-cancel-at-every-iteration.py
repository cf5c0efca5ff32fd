"""A waiter cancelled in each iteration around the setting of its event."""

import asyncio

from harness import log


async def waiter(event, name):
    try:
        await event.wait()
        log(name, 'goes on')
    except asyncio.CancelledError:
        log(name, 'cancelled')
        raise


async def main():
    for turns in range(3):
        event = asyncio.Event()
        tasks = [asyncio.create_task(waiter(event, name)) for name in 'ab']
        await asyncio.sleep(0)
        event.set()
        event.clear()
        for _ in range(turns):
            await asyncio.sleep(0)
        log('cancel', turns, tasks[0].cancel())
        await asyncio.sleep(1)
        log([task.cancelled() for task in tasks])
