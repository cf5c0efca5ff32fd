"""Two gathers over one task: cancelling one of them cancels the task, and so the other."""

import asyncio

from harness import log, reason


async def child():
    try:
        await asyncio.sleep(50)
    except asyncio.CancelledError as error:
        log('child', reason(error))
        raise


async def main():
    task = asyncio.create_task(child())
    one = asyncio.gather(task, asyncio.sleep(60, 'one'))
    two = asyncio.gather(task, asyncio.sleep(70, 'two'), return_exceptions=True)
    await asyncio.sleep(10)
    log(one.cancel('by hand'))
    try:
        await one
    except asyncio.CancelledError as error:
        log('one', reason(error))
    log('two', await two)
