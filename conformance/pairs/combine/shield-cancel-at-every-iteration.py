"""A task cancelled in each iteration of a shield: the inner task always ends by itself."""

import asyncio

from harness import log


async def inner(turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    log('inner ends')
    return 'value'


async def outer(turns):
    return await asyncio.shield(inner(turns))


async def main():
    for turns in range(6):
        task = asyncio.create_task(outer(1))
        for _ in range(turns):
            await asyncio.sleep(0)
        log('cancel', turns, task.cancel())
        try:
            log(await task)
        except asyncio.CancelledError as error:
            log(error, task.cancelled())
        await asyncio.sleep(1)
