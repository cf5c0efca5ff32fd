"""When the first waiter was cancelled before, units that are released go to the next ones, in order."""

import asyncio

from harness import log


async def main():
    semaphore = asyncio.Semaphore(0)

    async def worker(name):
        await semaphore.acquire()
        log(name)

    for turns in (0, 1):
        tasks = [asyncio.create_task(worker(name)) for name in 'abc']
        await asyncio.sleep(0)
        tasks[0].cancel()
        for _ in range(turns):
            await asyncio.sleep(0)
        semaphore.release()
        semaphore.release()
        log(await asyncio.gather(*tasks, return_exceptions=True), semaphore.locked())
