"""Cancelling a task in waitFor cancels what it waits for, and is no TimeoutError; a shield keeps that alive."""

import asyncio

from harness import log, reason


async def child(delay):
    try:
        await asyncio.sleep(delay)
        return 'value'
    except asyncio.CancelledError as error:
        log('child', reason(error))
        raise


async def waiter(awaitable):
    try:
        await asyncio.wait_for(awaitable, 1000)
    except BaseException as error:
        log('waiter', error, reason(error))
        raise


async def main():
    inner = asyncio.create_task(child(100))
    for awaitable in (child(300), asyncio.shield(inner), inner):
        task = asyncio.create_task(waiter(awaitable))
        await asyncio.sleep(10)
        task.cancel('from main')
        await asyncio.wait([task])
        log(task.cancelled(), inner.cancelled())
