"""The error object that was set comes out at every waiter, the same one."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    boom = ValueError('boom')

    async def waiter(name):
        try:
            await future
        except ValueError as error:
            log(name, error is boom)

    tasks = [asyncio.create_task(waiter(name)) for name in 'ab']
    await asyncio.sleep(1)
    future.set_exception(boom)
    for task in tasks:
        await task
    log(future.exception() is boom, future.cancelled())
    await future
