"""A timeout in the body of a group and a child's error in one busy stretch: the TimeoutError joins the group."""

import asyncio

from harness import log, spend


async def bad(delay):
    await asyncio.sleep(delay)
    raise ValueError


async def main():
    task = asyncio.current_task()
    for delay in (5, 20, 8):
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(bad(delay))
                await asyncio.sleep(0)
                try:
                    async with asyncio.timeout(8.5) as scope:
                        spend(30)
                        await asyncio.sleep(100)
                except BaseException as error:
                    log('body', error, scope.expired(), task.cancelling())
                    raise
        except BaseException as error:
            log(delay, error, task.cancelling())
