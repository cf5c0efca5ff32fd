"""reschedule to a time that is past strikes at the next await, and a reschedule in time undoes that."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(100) as scope:
            await asyncio.sleep(10)
            scope.reschedule(5)
            log('past', scope.when())
            await asyncio.sleep(20)
    except TimeoutError as error:
        log(error, loop.time())
    async with asyncio.timeout(100) as scope:
        scope.reschedule(1)
        log('still here', scope.expired())
        scope.reschedule(loop.time() + 50)
        await asyncio.sleep(20)
        log('slept', scope.expired())
