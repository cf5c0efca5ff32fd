"""Nested waitFors and timeouts: the shortest one strikes, and only once."""

import asyncio

from harness import log


async def child():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        log('child cancelled', asyncio.current_task().cancelling())
        raise


async def attempt(name, waiting):
    try:
        await waiting
    except BaseException as error:
        log(name, error, asyncio.current_task().cancelling())


async def main():
    await attempt('inner', asyncio.wait_for(asyncio.wait_for(child(), 5), 10))
    await attempt('outer', asyncio.wait_for(asyncio.wait_for(child(), 10), 5))
    await attempt('task', asyncio.wait_for(asyncio.create_task(asyncio.wait_for(child(), 10)), 5))
    await attempt('handled', asyncio.wait_for(attempt('inner', asyncio.wait_for(child(), 5)), 10))
