"""Awaiters of one task resume in the order they began to wait."""

import asyncio

from harness import log


async def child():
    await asyncio.sleep(5)
    return 'value'


async def waiter(name, task):
    log(name, 'waits')
    log(name, 'got', await task)


async def main():
    task = asyncio.create_task(child())
    waiters = [asyncio.create_task(waiter(name, task)) for name in 'abc']
    await asyncio.sleep(1)
    task.add_done_callback(lambda task: log('callback', task.result()))
    log('main got', await task)
    for each in waiters:
        await each
