"""A cancel from outside goes through a timeout as it is, even when both strike in the same iteration."""

import asyncio

from harness import log, spend


async def worker(delay):
    task = asyncio.current_task()
    try:
        async with asyncio.timeout(delay) as scope:
            await asyncio.sleep(100)
    except BaseException as error:
        log('worker', error, scope.expired(), task.cancelling())
        raise


async def main():
    loop = asyncio.get_running_loop()
    for delay, busy in ((50, 0), (20, 15), (9, 15)):
        task = asyncio.create_task(worker(delay))
        loop.call_later(10, task.cancel, 'foreign')
        await asyncio.sleep(5)
        spend(busy)
        try:
            await task
        except BaseException as error:
            log('main', error, task.cancelling())
