"""A child that fails when the body has ended, or in its last iteration: the errors come out, no cancel is left."""

import asyncio

from harness import log


async def bad(error):
    raise error


async def main():
    task = asyncio.current_task()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(bad(ValueError()))
            log('body ends')
    except ExceptionGroup as error:
        log(error, task.cancelling())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(bad(ValueError()))
            group.create_task(bad(TypeError()))
            await asyncio.sleep(0)
            log('body ends', task.cancelling())
    except ExceptionGroup as error:
        log(error, task.cancelling())
    await asyncio.sleep(0)
    log('goes on')
