"""Cancelling a task in the body of a group, or waiting for its end, cancels the children and stays a cancel."""

import asyncio

from harness import log, reason


async def child(name):
    try:
        await asyncio.sleep(200 + len(name))
    except asyncio.CancelledError as error:
        log(name, 'cancelled', reason(error))
        raise


async def runner(delay):
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child('a'))
            group.create_task(child('bb'))
            await asyncio.sleep(delay)
            log('body ends')
    except BaseException as error:
        log('runner', error, reason(error), asyncio.current_task().cancelling())
        raise


async def main():
    for delay in (100, 5):
        task = asyncio.create_task(runner(delay))
        await asyncio.sleep(10)
        task.cancel('enough')
        await asyncio.wait([task])
        log(task.cancelled())
