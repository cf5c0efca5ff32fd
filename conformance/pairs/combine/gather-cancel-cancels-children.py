"""Cancelling a gather cancels every child; it throws when the first has ended so, others may still clean up."""

import asyncio

from harness import log


async def child(name, delay, clean_up):
    try:
        await asyncio.sleep(delay)
        return name
    except asyncio.CancelledError:
        log(name, 'cancelled')
        await asyncio.sleep(clean_up)
        log(name, 'cleaned up')
        raise
    finally:
        log(name, 'ends')


async def main():
    future = asyncio.gather(child('a', 5, 1), child('b', 50, 7), child('c', 60, 3))
    await asyncio.sleep(10)
    log(future.cancel(), future.done())
    try:
        await future
    except asyncio.CancelledError as error:
        log('caught', error, future.cancelled())
    log(future.cancel())
