"""A cancel that is pending when a timeout of zero begins becomes its TimeoutError, and stays counted."""

import asyncio

from harness import log


async def main():
    task = asyncio.current_task()
    for delay in (0, 10):
        task.cancel()
        try:
            async with asyncio.timeout(delay) as scope:
                await asyncio.sleep(5)
        except BaseException as error:
            log(delay, error, scope.expired(), task.cancelling())
        while task.cancelling():
            task.uncancel()
