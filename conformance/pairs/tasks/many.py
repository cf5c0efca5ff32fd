"""Many tasks with different numbers of steps end in the order of their work."""

import asyncio

from harness import log


async def worker(n):
    for _ in range(n * 7 % 5):
        await asyncio.sleep(0)
    log('end', n)
    return n


async def main():
    tasks = [asyncio.create_task(worker(n)) for n in range(12)]
    total = 0
    for task in reversed(tasks):
        total += await task
        log('joined', total)
