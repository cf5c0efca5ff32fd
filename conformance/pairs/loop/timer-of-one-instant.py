"""A callback run by a timer may cancel one that is due a moment later."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    later = loop.call_later(10.5, log, 'not reached')

    def first():
        log('first')
        later.cancel()
        loop.call_later(1, log, 'last')

    loop.call_later(10, first)
    await asyncio.sleep(20)
