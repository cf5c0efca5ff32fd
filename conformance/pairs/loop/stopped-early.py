"""`run_until_complete` that is stopped before its future is done raises RuntimeError."""

import asyncio

from harness import log


def main(loop):
    count = 0

    async def child():
        nonlocal count
        while count < 5:
            await asyncio.sleep(10)
            count += 1
            if count == 2:
                loop.stop()
        return 'done'

    task = loop.create_task(child())
    try:
        loop.run_until_complete(task)
    except RuntimeError as error:
        log(error)
    log(count, task.done(), loop.time())
    log(loop.run_until_complete(task), count)
    future = loop.create_future()
    loop.call_soon(loop.stop)
    try:
        loop.run_until_complete(future)
    except RuntimeError as error:
        log(error, future.done())
