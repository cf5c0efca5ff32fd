"""A task that raises CancelledError itself is cancelled, though nobody asked for it."""

import asyncio

from harness import log, reason


async def child():
    await asyncio.sleep(1)
    raise asyncio.CancelledError('by hand')


async def main():
    task = asyncio.create_task(child())
    try:
        await task
    except asyncio.CancelledError as error:
        log(error, reason(error))
    log(task.cancelled(), task.cancelling())
