"""An eager child that fails before its first await cancels its group at once, and later children are refused."""

import asyncio

from harness import log


async def bad():
    log('child')
    raise ValueError


async def nop():
    log('never')


async def main():
    task = asyncio.current_task()
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    try:
        async with asyncio.TaskGroup() as group:
            child = group.create_task(bad())
            log(child.done(), task.cancelling())
            try:
                group.create_task(nop())
            except RuntimeError as error:
                log('refused', error)
            await asyncio.sleep(10)
            log('never')
    except ExceptionGroup as error:
        log(error, task.cancelling())
