"""A getter that is cancelled when an item is there for it passes its wake-up on: the others get every item."""

import asyncio

from harness import log


async def main():
    for cancelled in range(3):
        queue = asyncio.Queue()
        tasks = [asyncio.create_task(queue.get()) for _ in range(3)]
        await asyncio.sleep(0)
        queue.put_nowait(1)
        queue.put_nowait(2)
        tasks[cancelled].cancel()
        log(await asyncio.gather(*tasks, return_exceptions=True), queue.qsize())
