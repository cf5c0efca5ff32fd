"""Cancelling some of many sleepers: the rest go on, in order."""

import asyncio

from harness import log


async def sleeper(n):
    try:
        await asyncio.sleep(10 + n)
        log('slept', n)
        return n
    except asyncio.CancelledError:
        log('cancelled', n)
        raise


async def main():
    tasks = [asyncio.create_task(sleeper(n)) for n in range(8)]
    await asyncio.sleep(5)
    for task in reversed(tasks[::3]):
        task.cancel()
    for n, task in enumerate(tasks):
        try:
            await task
        except asyncio.CancelledError:
            log('joined cancelled', n)
    log([task.cancelled() for task in tasks])
