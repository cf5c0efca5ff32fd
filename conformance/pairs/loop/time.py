"""The loop's clock moves while everybody waits and stands still while somebody works."""

import asyncio

from harness import log, ticks


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    for _ in range(100):
        await asyncio.sleep(0)
    log(loop.time() - start, ticks())
    await asyncio.sleep(12.5)
    log(loop.time() - start)
    future = loop.create_future()
    loop.call_at(start + 20, future.set_result, None)
    await future
    log(loop.time() - start)
