"""A cancel that is answered with another error makes the task fail with that."""

import asyncio

from harness import log, message


async def child():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError as error:
        raise ValueError('instead') from error


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(1)
    task.cancel()
    try:
        await task
    except Exception as error:
        log(error, message(error), 'from', error.__cause__)
    log(task.cancelled(), task.exception())
