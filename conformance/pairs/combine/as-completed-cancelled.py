"""A cancelled task among those of asCompleted throws its CancelledError; cancelling the reader leaves the others be."""

import asyncio

from harness import log


async def reader(tasks):
    for next_one in asyncio.as_completed(tasks):
        try:
            log('got', await next_one)
        except asyncio.CancelledError:
            log('cancelled', asyncio.current_task().cancelling())
            if asyncio.current_task().cancelling():
                raise


async def main():
    tasks = [asyncio.create_task(asyncio.sleep(delay, delay)) for delay in (10, 20, 90)]
    reading = asyncio.create_task(reader(tasks))
    await asyncio.sleep(5)
    tasks[1].cancel()
    await asyncio.sleep(25)
    reading.cancel()
    try:
        await reading
    except asyncio.CancelledError:
        log(tasks[2].done())
    log(await tasks[2])
