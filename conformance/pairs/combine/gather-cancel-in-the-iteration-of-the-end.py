"""A task cancelled after its gather is done but before it has run on loses the results."""

import asyncio

from harness import log


async def waiter(futures):
    try:
        log('got', await asyncio.gather(*futures))
    except asyncio.CancelledError:
        log('cancelled', [future.done() for future in futures])
        raise


async def main():
    loop = asyncio.get_running_loop()
    for turns in range(4):
        futures = [loop.create_future(), loop.create_future()]
        task = asyncio.create_task(waiter(futures))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        for future in futures:
            future.set_result(turns)
        for _ in range(turns):
            await asyncio.sleep(0)
        log(turns, task.cancel())
        try:
            log(await task)
        except asyncio.CancelledError:
            log('main sees it')
