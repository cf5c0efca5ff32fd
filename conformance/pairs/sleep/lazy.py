"""The delay counts from the await, not from the call of `sleep`."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    coro = asyncio.sleep(10, 'ten')
    await asyncio.sleep(100)
    log(await coro, loop.time())
