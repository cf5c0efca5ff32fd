"""Callbacks get the arguments they were registered with."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(log)
    loop.call_soon(log, 1)
    loop.call_soon(log, 1, 'two', [3])
    loop.call_later(1, log, 'later', None)
    loop.call_at(2, log, 'at', True, False)
    loop.call_soon_threadsafe(log, 'threadsafe', 'too')
    loop.call_soon(log, 'after threadsafe')
    await asyncio.sleep(3)
