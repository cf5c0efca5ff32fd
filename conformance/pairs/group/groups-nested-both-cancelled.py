"""Children of an inner and an outer group that fail in one iteration: each group throws its own errors."""

import asyncio

from harness import log


async def bad(error):
    await asyncio.sleep(0)
    raise error


async def main():
    task = asyncio.current_task()
    try:
        async with asyncio.TaskGroup() as outer:
            try:
                async with asyncio.TaskGroup() as inner:
                    inner.create_task(bad(RuntimeError()))
                    outer.create_task(bad(ValueError()))
            except ExceptionGroup as error:
                log('inner', error, task.cancelling())
            log('between', task.cancelling())
    except ExceptionGroup as error:
        log('outer', error, task.cancelling())
