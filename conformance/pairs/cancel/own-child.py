"""Awaiting a child one has cancelled oneself: the error is the child's, not a request to oneself."""

import asyncio

from harness import log


async def child():
    await asyncio.sleep(100)


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(1)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        log('mine' if asyncio.current_task().cancelling() else 'the child\u2019s')
    await asyncio.sleep(1)
    log('goes on')
