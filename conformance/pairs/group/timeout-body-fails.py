"""Another error of the body goes through a timeout, before it is over and out of a clean-up after."""

import asyncio

from harness import log


async def main():
    task = asyncio.current_task()
    try:
        async with asyncio.timeout(10):
            await asyncio.sleep(1)
            raise ValueError
    except ValueError as error:
        log('in time', error)
    try:
        async with asyncio.timeout(10):
            try:
                await asyncio.sleep(100)
            finally:
                raise RuntimeError
    except RuntimeError as error:
        log('in clean-up', error, task.cancelling())
    await asyncio.sleep(1)
