"""A timeout that expires in an iteration which nothing can cut short, and is taken back there: nothing is thrown."""

import asyncio

from harness import log


async def child(scope):
    asyncio.get_running_loop().call_soon(asyncio.current_task().uncancel)
    await asyncio.sleep(0)
    log('goes on', scope.expired())


async def in_time(delay):
    async with asyncio.timeout(delay) as scope:
        await child(scope)
    log('left', scope.expired(), asyncio.current_task().cancelling())


async def main():
    await in_time(0)
    async with asyncio.timeout(1) as outer:
        await in_time(0)
        await in_time(1000)
        await in_time(-1)
        await asyncio.sleep(0)
    log(outer.expired())
