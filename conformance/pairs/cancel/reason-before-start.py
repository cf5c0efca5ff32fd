"""The reason of a cancel before the first step reaches the awaiter."""

import asyncio

from harness import log, reason


async def child():
    log('not reached')


async def main():
    task = asyncio.create_task(child())
    task.cancel('never began')
    try:
        await task
    except asyncio.CancelledError as error:
        log(error, reason(error))
