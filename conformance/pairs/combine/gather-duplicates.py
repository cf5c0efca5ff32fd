"""The same future given to gather twice is waited for once and stands twice in the results."""

import asyncio

from harness import log


async def child():
    log('child')
    await asyncio.sleep(1)
    return 'value'


async def main():
    coro = child()
    task = asyncio.create_task(asyncio.sleep(2, 'task'))
    log(await asyncio.gather(coro, task, coro, task))
