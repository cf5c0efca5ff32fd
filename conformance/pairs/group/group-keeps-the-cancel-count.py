"""A group takes back the cancel it asked its parent for: cancelling() is what it was before."""

import asyncio

from harness import log


async def bad(delay):
    await asyncio.sleep(delay)
    raise RuntimeError


async def main():
    task = asyncio.current_task()
    for delay, before in ((0, 0), (5, 0), (0, 1), (5, 1)):
        for _ in range(before):
            task.cancel()
            try:
                await asyncio.sleep(1)
            except asyncio.CancelledError:
                pass
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(bad(delay))
                if delay:
                    await asyncio.sleep(50)
        except BaseException as error:
            log(error, task.cancelling())
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            log('cancelled again', task.cancelling())
        while task.cancelling():
            task.uncancel()
