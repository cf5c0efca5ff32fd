"""A cancel swallowed before a timeout began does not stop it from telling a new cancel, and its own, apart."""

import asyncio

from harness import log


async def main():
    task = asyncio.current_task()
    try:
        task.cancel()
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        log('swallowed', task.cancelling())
    try:
        async with asyncio.timeout(10):
            task.cancel()
            await asyncio.sleep(2)
    except BaseException as error:
        log('cancelled inside', error, task.cancelling())
    try:
        async with asyncio.timeout(10):
            await asyncio.sleep(20)
    except BaseException as error:
        log('timed out', error, task.cancelling())
