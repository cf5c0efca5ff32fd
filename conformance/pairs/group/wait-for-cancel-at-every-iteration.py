"""A task cancelled in each iteration of its waitFor, of a coroutine and of a task: what it ends with."""

import asyncio

from harness import log


async def child(turns):
    try:
        for _ in range(turns):
            await asyncio.sleep(0)
        return 'value'
    except asyncio.CancelledError:
        log('child cancelled')
        raise


async def waiter(make):
    return await asyncio.wait_for(make(), 100)


async def main():
    for make in (lambda: child(1), lambda: asyncio.create_task(child(1))):
        for turns in range(6):
            task = asyncio.create_task(waiter(make))
            for _ in range(turns):
                await asyncio.sleep(0)
            log('cancel', turns, task.cancel())
            try:
                log(await task)
            except asyncio.CancelledError as error:
                log(error)
