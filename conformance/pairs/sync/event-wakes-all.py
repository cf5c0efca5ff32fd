"""An event that is set wakes everybody that waits, in order, even if it is cleared at once."""

import asyncio

from harness import log, ticks


async def waiter(event, name):
    log(name, await event.wait(), event.is_set())


async def main():
    event = asyncio.Event()
    tasks = [asyncio.create_task(waiter(event, name)) for name in 'abc']
    await asyncio.sleep(1)
    event.set()
    event.clear()
    event.set()
    log('set', event.is_set())
    late = asyncio.create_task(waiter(event, 'late'))
    event.clear()
    await asyncio.gather(*tasks)
    event.set()
    await late
    start = ticks()
    await event.wait()
    log('no iteration', ticks() - start)
