"""After the cancel the awaited future is cancelled itself: setting it is an InvalidStateError."""

import asyncio

from harness import log


async def child(future):
    await future


async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(child(future))
    await asyncio.sleep(0)
    task.cancel()
    log(future.cancelled(), task.done())
    try:
        future.set_result('too late')
    except Exception as error:
        log('refused', error)
    await asyncio.sleep(0)
    log(task.cancelled())
