"""A cancelled task cancels the future it waits for, and so whoever else waits for it."""

import asyncio

from harness import log


async def waiter(name, future):
    try:
        log(name, await future)
    except asyncio.CancelledError:
        log(name, 'thrown', asyncio.current_task().cancelling())
        raise


async def main():
    future = asyncio.get_running_loop().create_future()
    first = asyncio.create_task(waiter('first', future))
    second = asyncio.create_task(waiter('second', future))
    await asyncio.sleep(1)
    first.cancel()
    log(future.cancelled())
    await asyncio.sleep(1)
    log(first.cancelled(), second.cancelled(), second.cancelling())
