"""Two tasks over one coroutine: the first runs it, the second fails with RuntimeError."""

import asyncio

from harness import log


async def child():
    log('body')
    await asyncio.sleep(1)
    log('end')
    return 'value'


async def waiter(name, coro):
    try:
        log(name, 'got', await coro)
    except Exception as error:
        log(name, 'failed', error)


async def main():
    coro = child()
    first = asyncio.create_task(waiter('first', coro))
    second = asyncio.create_task(waiter('second', coro))
    await first
    await second
