"""A future made by its class belongs to the running loop."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    future = asyncio.Future()
    other = asyncio.Future(loop=loop)
    log(future.get_loop() is loop, other.get_loop() is loop)
    loop.call_soon(future.set_result, 'value')
    log(await future, asyncio.isfuture(future), asyncio.isfuture(5), asyncio.isfuture(None))
