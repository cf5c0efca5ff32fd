"""A group whose parent has a pending cancel when it begins: the body runs to its first await, its children begin."""

import asyncio

from harness import log


async def child():
    log('child')


async def parent(awaits):
    task = asyncio.current_task()
    task.cancel()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child())
            log('body')
            if awaits:
                await asyncio.sleep(1)
                log('never')
    except BaseException as error:
        log(error, task.cancelling())
        raise


async def main():
    for awaits in (True, False):
        task = asyncio.create_task(parent(awaits))
        await asyncio.wait([task])
        log(task.cancelled())
