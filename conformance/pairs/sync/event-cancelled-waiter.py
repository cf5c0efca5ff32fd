"""A waiter cancelled after the event was set, in the same iteration, is cancelled; the others go on."""

import asyncio

from harness import log


async def waiter(event, name):
    try:
        await event.wait()
        log(name, 'goes on')
    except asyncio.CancelledError:
        log(name, 'cancelled', event.is_set())
        raise


async def main():
    event = asyncio.Event()
    tasks = [asyncio.create_task(waiter(event, name)) for name in 'abc']
    await asyncio.sleep(1)
    tasks[0].cancel()
    await asyncio.sleep(1)
    event.set()
    tasks[1].cancel()
    log(await asyncio.gather(*tasks, return_exceptions=True))
