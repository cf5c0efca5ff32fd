"""A done callback that cancels another task; its order against the awaiter of the first."""

import asyncio

from harness import log


async def child(name, delay):
    try:
        await asyncio.sleep(delay)
        return name
    except asyncio.CancelledError:
        log(name, 'thrown')
        raise


async def main():
    first = asyncio.create_task(child('first', 5))
    second = asyncio.create_task(child('second', 50))
    first.add_done_callback(lambda task: log('cancel second', second.cancel()))
    log(await first, second.done())
    await asyncio.sleep(0)
    log(second.done(), second.cancelled())
