"""Cancelling a future runs its callbacks and throws into its waiters."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    future.add_done_callback(lambda future: log('callback', future.cancelled()))

    async def waiter():
        try:
            await future
        except asyncio.CancelledError as error:
            log('waiter', error, asyncio.current_task().cancelling())
            return 'caught'

    async def careless():
        await future

    first = asyncio.create_task(waiter())
    second = asyncio.create_task(careless())
    await asyncio.sleep(1)
    log(future.cancel())
    log(await first, first.cancelled())
    await asyncio.sleep(0)
    log(second.cancelled(), second.cancelling())
