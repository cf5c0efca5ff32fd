"""A future that failed with CancelledError is not cancelled, but the task that awaits it is."""

import asyncio

from harness import log, reason


async def main():
    future = asyncio.get_running_loop().create_future()

    async def waiter():
        await future

    task = asyncio.create_task(waiter())
    await asyncio.sleep(1)
    future.set_exception(asyncio.CancelledError('by hand'))
    log(future.cancelled(), future.exception())
    try:
        await task
    except asyncio.CancelledError as error:
        log(error, reason(error))
    log(task.cancelled(), task.cancelling())
