"""An error thrown while what takes too long is cancelled comes out of waitFor in place of the TimeoutError."""

import asyncio

from harness import log


async def inner():
    try:
        await asyncio.sleep(200)
    finally:
        raise ValueError


async def main():
    for timeout in (10, 0):
        task = asyncio.create_task(inner())
        await asyncio.sleep(1)
        try:
            await asyncio.wait_for(task, timeout)
        except ValueError as error:
            log('caught', error, asyncio.current_task().cancelling())
    try:
        await asyncio.wait_for(inner(), 10)
    except ValueError as error:
        log('caught', error, asyncio.current_task().cancelling())
