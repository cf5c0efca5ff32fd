"""A cancelled handle does not run, even when it is cancelled in the iteration it was due in."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    first = loop.call_soon(log, 'not reached')
    first.cancel()
    loop.call_soon(lambda: second.cancel())
    second = loop.call_soon(log, 'not reached')
    third = loop.call_soon(log, 'third')
    log(first.cancelled(), second.cancelled(), third.cancelled())
    await asyncio.sleep(0)
    third.cancel()
    log(first.cancelled(), second.cancelled(), third.cancelled())
