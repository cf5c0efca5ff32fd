"""A child that is cancelled alone reaches the awaiter as CancelledError; the gather itself is not cancelled."""

import asyncio

from harness import log, reason


async def main():
    loop = asyncio.get_running_loop()
    child = asyncio.create_task(asyncio.sleep(100))
    other = asyncio.create_task(asyncio.sleep(50, 'other'))
    future = asyncio.gather(child, other)
    loop.call_later(10, child.cancel, 'by a timer')
    try:
        await future
    except asyncio.CancelledError as error:
        log('caught', error, reason(error), asyncio.current_task().cancelling())
    log(future.done(), future.cancelled(), future.exception())
    log(await other)
