"""A handler for ordinary errors lets a cancel through."""

import asyncio

from harness import log


async def careful():
    while True:
        try:
            await asyncio.sleep(10)
            raise ValueError('every time')
        except Exception as error:
            log('handled', error)


async def main():
    task = asyncio.create_task(careful())
    await asyncio.sleep(25)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError as error:
        log(error)
    log(task.cancelled())
