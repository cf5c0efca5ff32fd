"""A future that nobody sets: the loop can never go on."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    log('waits')
    await asyncio.sleep(10)
    await loop.create_future()
    log('not reached')
