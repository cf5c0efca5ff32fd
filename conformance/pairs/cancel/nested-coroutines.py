"""A cancel unwinds the nested coroutines of one task from the inside out."""

import asyncio

from harness import log


async def nested(n):
    try:
        if n == 0:
            await asyncio.sleep(100)
        await nested(n - 1)
    except asyncio.CancelledError:
        log('except', n)
        raise
    finally:
        await asyncio.sleep(1)
        log('finally', n)


async def main():
    task = asyncio.create_task(nested(3))
    await asyncio.sleep(10)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError as error:
        log('main', error)
