"""timeoutAt takes a time of the loop's clock; one that is past strikes at the first await."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    await asyncio.sleep(10)
    for when in (15, 2, None):
        try:
            async with asyncio.timeout_at(when) as scope:
                log(scope.when(), loop.time())
                await asyncio.sleep(20)
                log('slept')
        except TimeoutError:
            log('timed out', scope.expired())
