"""A return in a finally block swallows the cancel."""

import asyncio

from harness import log


async def child():
    try:
        await asyncio.sleep(100)
    finally:
        return 'swallowed by return'


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(1)
    task.cancel()
    log(await task, task.cancelled())
