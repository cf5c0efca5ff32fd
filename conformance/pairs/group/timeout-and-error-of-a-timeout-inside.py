"""A TimeoutError or CancelledError that the body throws by itself is no expiry: it goes through."""

import asyncio

from harness import log


async def main():
    task = asyncio.current_task()
    for error in (TimeoutError(), asyncio.CancelledError()):
        try:
            async with asyncio.timeout(10) as scope:
                raise error
        except BaseException as caught:
            log(caught, caught is error, scope.expired(), task.cancelling())
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(5, future.cancel)
    try:
        async with asyncio.timeout(10) as scope:
            await future
    except BaseException as caught:
        log(caught, scope.expired(), task.cancelling())
