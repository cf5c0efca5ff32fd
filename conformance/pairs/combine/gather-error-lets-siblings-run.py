"""The first error goes to whoever awaits a gather; the other children run on, to their ends."""

import asyncio

from harness import log


async def child(name, delay, error=None):
    try:
        await asyncio.sleep(delay)
        if error is not None:
            raise error
        log(name, 'ends')
        return name
    except asyncio.CancelledError:
        log(name, 'cancelled')
        raise


async def main():
    slow = asyncio.create_task(child('slow', 30))
    try:
        await asyncio.gather(slow, child('bad', 10, ValueError()), child('worse', 20, KeyError()))
    except Exception as error:
        log('caught', error)
    log(slow.done())
    log('slow gives', await slow)
