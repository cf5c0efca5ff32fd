"""Awaiting tasks and callbacks of one future share one queue."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    async def waiter(name):
        log(name, await future)

    future.add_done_callback(lambda future: log('callback 1'))
    first = asyncio.create_task(waiter('waiter 1'))
    await asyncio.sleep(0)
    future.add_done_callback(lambda future: log('callback 2'))
    second = asyncio.create_task(waiter('waiter 2'))
    await asyncio.sleep(0)
    future.add_done_callback(lambda future: log('callback 3'))
    future.set_result('value')
    await second
    log(first.done())
