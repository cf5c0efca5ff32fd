"""A gather that runs out of time cancels its children, those behind a shield excepted."""

import asyncio

from harness import log


async def child(name, delay):
    try:
        await asyncio.sleep(delay)
        log(name, 'ends')
        return name
    except asyncio.CancelledError:
        log(name, 'cancelled')
        raise


async def main():
    kept = asyncio.create_task(child('kept', 40))
    try:
        async with asyncio.timeout(20):
            await asyncio.gather(child('quick', 10), child('slow', 30), asyncio.shield(kept))
    except TimeoutError as error:
        log(error, kept.done())
    try:
        await asyncio.wait_for(asyncio.gather(child('a', 5), child('b', 50)), 12)
    except TimeoutError as error:
        log(error)
    log(await kept)
