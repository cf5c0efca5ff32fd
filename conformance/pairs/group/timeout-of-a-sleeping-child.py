"""A timeout reaches what its own task awaits: a task that it awaits is cancelled, one that it only made is not."""

import asyncio

from harness import log


async def child(name):
    try:
        await asyncio.sleep(30 + len(name))
        log(name, 'ends')
    except asyncio.CancelledError:
        log(name, 'cancelled')
        raise


async def main():
    try:
        async with asyncio.timeout(10):
            only_made = asyncio.create_task(child('only made'))
            awaited = asyncio.create_task(child('awaited'))
            await awaited
    except TimeoutError as error:
        log(error, only_made.done(), awaited.cancelled())
    await only_made
