"""`ensure_future` gives futures and tasks back and makes a task of a coroutine."""

import asyncio

from harness import log


async def child():
    log('child')
    return 'value'


async def main():
    future = asyncio.get_running_loop().create_future()
    log(asyncio.ensure_future(future) is future)
    task = asyncio.create_task(child())
    log(asyncio.ensure_future(task) is task)
    made = asyncio.ensure_future(child())
    log(made.done(), asyncio.isfuture(made), asyncio.isfuture(child))
    log(await made, await task)
    try:
        asyncio.ensure_future(5)
    except TypeError as error:
        log('refused', error)
