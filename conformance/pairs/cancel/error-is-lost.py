"""An error that was set is lost to a cancel in the same iteration too."""

import asyncio

from harness import log


async def child(future):
    try:
        await future
    except BaseException as error:
        log('thrown', error)
    return 'end'


async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(child(future))
    await asyncio.sleep(0)
    future.set_exception(ValueError('lost'))
    task.cancel()
    log(await task, future.exception())
