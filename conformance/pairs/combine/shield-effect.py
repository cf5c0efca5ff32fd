"""shield keeps a cancel from the inner task, not from the caller."""

import asyncio

from harness import log


async def main():
    waiter = asyncio.get_running_loop().create_future()

    async def inner():
        log('inner gets', await waiter)
        return 'value'

    async def outer():
        try:
            await asyncio.shield(inner())
        except asyncio.CancelledError:
            log('outer cancelled')
            raise

    task = asyncio.create_task(outer())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        log(task.cancelled())
    waiter.set_result('a result')
    await asyncio.sleep(1)
