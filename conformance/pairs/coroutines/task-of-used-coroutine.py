"""A task over a coroutine that was awaited already fails with RuntimeError when it is awaited."""

import asyncio

from harness import log


async def child():
    log('body')


async def main():
    coro = child()
    await coro
    try:
        task = asyncio.create_task(coro)
        log('task made')
        await task
    except RuntimeError as error:
        log('caught', error)
