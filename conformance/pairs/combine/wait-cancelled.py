"""Cancelling a task that is in wait leaves the tasks it waits for alone; in await it does not."""

import asyncio

from harness import log


async def child(name):
    try:
        await asyncio.sleep(50 + len(name))
        return name
    except asyncio.CancelledError:
        log(name, 'cancelled')
        raise


async def waiter(task, how):
    if how == 'wait':
        await asyncio.wait([task])
    else:
        await task


async def main():
    for how in ('wait', 'await'):
        task = asyncio.create_task(child(how))
        waiting = asyncio.create_task(waiter(task, how))
        await asyncio.sleep(10)
        waiting.cancel()
        try:
            await waiting
        except asyncio.CancelledError:
            log(how, task.done())
        try:
            log('child gives', await task)
        except asyncio.CancelledError:
            log('child is cancelled')
