"""A body that awaits a failing child is cancelled by its group before it hears of the error, which is there once."""

import asyncio

from harness import log


async def bad(error):
    await asyncio.sleep(5)
    raise error


async def main():
    for error in (ValueError(), asyncio.CancelledError()):
        try:
            async with asyncio.TaskGroup() as group:
                task = group.create_task(bad(error))
                try:
                    await task
                except BaseException as caught:
                    log('body', caught, asyncio.current_task().cancelling())
                    raise
        except BaseException as caught:
            log(caught, asyncio.current_task().cancelling())
