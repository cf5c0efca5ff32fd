"""A coroutine is one-shot: the second await is a RuntimeError, and nothing runs again."""

import asyncio

from harness import log


async def child():
    log('body')
    await asyncio.sleep(1)
    return 1


async def main():
    coro = child()
    log(await coro)
    try:
        await coro
    except RuntimeError as error:
        log('second await', error)
    log('goes on')
