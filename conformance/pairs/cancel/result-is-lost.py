"""A result that was set is lost to a cancel in the same iteration."""

import asyncio

from harness import log


async def child(future):
    try:
        log('got', await future)
    except asyncio.CancelledError as error:
        log('thrown', error)
        return 'no result'


async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(child(future))
    await asyncio.sleep(0)
    future.set_result('value')
    log(task.cancel(), future.done(), future.cancelled())
    log(await task, future.result())
