"""A task cancelled in each iteration of its gather: when it loses the results, and what becomes of the children."""

import asyncio

from harness import log


async def child(name, turns):
    try:
        for _ in range(turns):
            await asyncio.sleep(0)
        return name
    except asyncio.CancelledError:
        log(name, 'cancelled')
        raise


async def parent():
    return await asyncio.gather(child('a', 0), child('b', 1), child('c', 3))


async def main():
    for turns in range(9):
        task = asyncio.create_task(parent())
        for _ in range(turns):
            await asyncio.sleep(0)
        log('cancel', turns, task.cancel())
        try:
            log(await task)
        except asyncio.CancelledError as error:
            log(error, task.cancelled())
        await asyncio.sleep(1)
