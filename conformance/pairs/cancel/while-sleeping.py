"""A cancel is thrown where the task waits, one iteration after the request."""

import asyncio

from harness import log


async def child():
    try:
        log('sleeps')
        await asyncio.sleep(100)
        log('not reached')
    except asyncio.CancelledError as error:
        log('thrown', error)
        raise
    finally:
        log('finally')


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(10)
    log('cancel', task.cancel(), task.done())
    try:
        await task
    except asyncio.CancelledError as error:
        log('caught', error)
    log(task.cancelled())
