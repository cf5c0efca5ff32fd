"""Sleepers wake in the order of their deadlines, whatever order they started in."""

import asyncio

from harness import log


async def sleeper(n, delay):
    await asyncio.sleep(delay)
    log(n, 'woke after', delay)


async def main():
    delays = [13, 2, 40, 7, 29, 1, 18, 3.5, 23, 0]
    tasks = [asyncio.create_task(sleeper(n, delay)) for n, delay in enumerate(delays)]
    for task in tasks:
        await task
    log('all')
