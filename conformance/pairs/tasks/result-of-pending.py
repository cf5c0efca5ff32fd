"""`result()` and `exception()` of a pending task are InvalidStateErrors."""

import asyncio

from harness import log


async def child():
    await asyncio.sleep(1)
    return 'value'


async def main():
    task = asyncio.create_task(child())
    for round in range(2):
        for read in (task.result, task.exception):
            try:
                log(round, read())
            except Exception as error:
                log(round, error)
        await asyncio.sleep(2)
