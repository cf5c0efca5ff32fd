"""The result of a task is its coroutine's business: setting it is a RuntimeError."""

import asyncio

from harness import log


async def child():
    await asyncio.sleep(1)
    return 'own'


async def main():
    task = asyncio.create_task(child())
    for attempt in (lambda: task.set_result('x'), lambda: task.set_exception(ValueError('x'))):
        try:
            attempt()
        except RuntimeError as error:
            log('refused', error)
    log(await task)
