"""When the time of asCompleted is over, each one that remains throws TimeoutError; the tasks run on."""

import asyncio

from harness import log


async def child(delay):
    await asyncio.sleep(delay)
    log('ends', delay)
    return delay


async def main():
    tasks = [asyncio.create_task(child(delay)) for delay in (30, 10, 40)]
    for next_one in asyncio.as_completed(tasks, timeout=20):
        try:
            log('got', await next_one)
        except TimeoutError as error:
            log('caught', error)
    log([task.done() for task in tasks])
    try:
        async for task in asyncio.as_completed(tasks, timeout=15):
            log('task', await task)
    except TimeoutError as error:
        log('caught', error)
    await tasks[2]
