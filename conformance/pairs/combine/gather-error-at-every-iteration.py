"""A cancel in each iteration around a child's error: which of the two the awaiter sees."""

import asyncio

from harness import log


async def bad(turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    raise ValueError


async def slow():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        log('slow cancelled')
        raise


async def parent(return_exceptions):
    return await asyncio.gather(bad(1), slow(), return_exceptions=return_exceptions)


async def main():
    for return_exceptions in (False, True):
        for turns in range(1, 7):
            task = asyncio.create_task(parent(return_exceptions))
            for _ in range(turns):
                await asyncio.sleep(0)
            log('cancel', turns, task.cancel())
            try:
                log(await task)
            except BaseException as error:
                log(error, task.cancelled(), asyncio.current_task().cancelling())
            for left in asyncio.all_tasks():
                if left is not asyncio.current_task():
                    left.cancel()
            await asyncio.sleep(1)
