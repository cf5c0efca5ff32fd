"""`call_at` takes a time of the loop's clock; what has passed fires at once, oldest first."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    await asyncio.sleep(10)
    loop.call_at(25, log, 'at 25')
    loop.call_at(15, log, 'at 15')
    loop.call_at(7, log, 'at 7')
    loop.call_at(3, log, 'at 3')
    loop.call_soon(log, 'soon')
    log('now', loop.time())
    await asyncio.sleep(0)
    log('one iteration later')
    await asyncio.sleep(50)
    log('end', loop.time())
