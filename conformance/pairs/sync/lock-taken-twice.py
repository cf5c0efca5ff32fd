"""A lock is not for its owner to take again: that waits for ever, and a timeout is the way out."""

import asyncio

from harness import log


async def main():
    lock = asyncio.Lock()
    async with lock:
        try:
            async with asyncio.timeout(10):
                await lock.acquire()
        except TimeoutError as error:
            log(error, lock.locked())
        log('again')
        await lock.acquire()
