"""A coroutine that cancels itself and returns without awaiting ends cancelled, its value dropped."""

import asyncio

from harness import log


async def child():
    asyncio.current_task().cancel()
    log('returns')
    return 12


async def main():
    task = asyncio.create_task(child())
    try:
        log(await task)
    except asyncio.CancelledError as error:
        log('caught', error)
    log(task.done(), task.cancelled(), task.cancel())
