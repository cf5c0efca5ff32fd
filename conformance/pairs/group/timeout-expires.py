"""A timeout cancels its body at the await it is in, and turns just that cancellation into a TimeoutError."""

import asyncio

from harness import log


async def main():
    task = asyncio.current_task()
    try:
        async with asyncio.timeout(10) as scope:
            log(scope.when(), scope.expired())
            try:
                await asyncio.sleep(100)
            except asyncio.CancelledError as error:
                log('body', error, task.cancelling(), scope.expired())
                raise
    except TimeoutError as error:
        log('caught', error, task.cancelling(), scope.expired())
    await asyncio.sleep(0)
    log('goes on')
