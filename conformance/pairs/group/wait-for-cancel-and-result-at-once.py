"""A task cancelled after what it waits for is done ends cancelled: waitFor does not swallow that."""

import asyncio

from harness import log


async def waiter(future):
    log('got', await asyncio.wait_for(future, 100))
    await asyncio.sleep(1)
    log('never')


async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(waiter(future))
    await asyncio.sleep(0)
    future.set_result('value')
    log(future.done(), task.cancel())
    try:
        await task
    except asyncio.CancelledError:
        log('cancelled', await future)
    task = asyncio.create_task(waiter(future))
    await asyncio.sleep(0)
    log(task.cancel())
    try:
        await task
    except asyncio.CancelledError:
        log('cancelled')
