"""Two tasks await a third; cancelling one of them takes the third and the other down too."""

import asyncio

from harness import log


async def work():
    try:
        await asyncio.sleep(100)
        return 'value'
    finally:
        log('work ends')


async def waiter(name, task):
    try:
        log(name, await task)
    except asyncio.CancelledError:
        log(name, 'thrown', asyncio.current_task().cancelling())
        return 'caught'


async def main():
    task = asyncio.create_task(work())
    first = asyncio.create_task(waiter('first', task))
    second = asyncio.create_task(waiter('second', task))
    await asyncio.sleep(1)
    second.cancel()
    log(await first, await second, task.cancelled(), task.cancelling())
