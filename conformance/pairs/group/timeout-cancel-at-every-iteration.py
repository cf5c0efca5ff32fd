"""A foreign cancel in each iteration around the expiry of a timeout: TimeoutError or CancelledError, and the count."""

import asyncio

from harness import log, spend


async def worker():
    task = asyncio.current_task()
    try:
        async with asyncio.timeout(10) as scope:
            try:
                await asyncio.sleep(100)
            finally:
                await asyncio.sleep(0)
    except BaseException as error:
        log('worker', error, scope.expired(), task.cancelling())
    try:
        await asyncio.sleep(0)
        log('goes on')
    except asyncio.CancelledError:
        log('cancelled after', task.cancelling())


async def main():
    for turns in range(6):
        task = asyncio.create_task(worker())
        await asyncio.sleep(9.5)
        spend(0.5)
        for _ in range(turns):
            await asyncio.sleep(0)
        log('cancel', turns, task.cancel())
        await asyncio.wait([task])
