"""Cancel, take back inside the task, cancel again: the count goes 1, 0, 1."""

import asyncio

from harness import log


def main(loop):
    async def child():
        try:
            await asyncio.sleep(1000)
        except asyncio.CancelledError:
            log('uncancel', asyncio.current_task().uncancel())
            await asyncio.sleep(1000)

    task = loop.create_task(child())
    loop.run_until_complete(asyncio.sleep(1))
    log(task.cancel(), task.cancelling(), task.cancelled())
    loop.run_until_complete(asyncio.sleep(1))
    log(task.cancelling(), task.cancelled())
    log(task.cancel(), task.cancelling(), task.cancelled())
    try:
        loop.run_until_complete(task)
    except asyncio.CancelledError as error:
        log(error)
    log(task.cancelled(), task.done(), task.uncancel())
    log(task.cancelled(), task.done())
