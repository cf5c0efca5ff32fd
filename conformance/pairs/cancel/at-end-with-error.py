"""A coroutine that cancels itself and raises fails with its error."""

import asyncio

from harness import log


async def child():
    asyncio.current_task().cancel()
    raise ValueError('own')


async def main():
    task = asyncio.create_task(child())
    try:
        await task
    except BaseException as error:
        log('caught', error)
    log(task.cancelled(), task.cancelling())
