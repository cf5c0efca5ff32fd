"""A task that cancels itself gets the error at its next await that waits."""

import asyncio

from harness import log


async def nothing():
    log('inline coroutine runs')


async def child():
    done = asyncio.get_running_loop().create_future()
    done.set_result('done future')
    asyncio.current_task().cancel()
    log('still running')
    await nothing()
    log(await done)
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError as error:
        log('thrown', error)
    await asyncio.sleep(1)
    return 'end'


async def main():
    log(await asyncio.create_task(child()))
