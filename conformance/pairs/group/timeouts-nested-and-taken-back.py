"""Inside two timeouts, the body takes the outer one's cancel back by hand: all that counts is how many are left."""

import asyncio

from harness import log


async def main():
    task = asyncio.current_task()
    async with asyncio.timeout(5) as outer:
        try:
            async with asyncio.timeout(10) as inner:
                try:
                    await asyncio.sleep(100)
                except asyncio.CancelledError:
                    log('outer', outer.expired(), task.uncancel())
                await asyncio.sleep(100)
        except BaseException as error:
            log(error, inner.expired(), task.cancelling())
        await asyncio.sleep(1)
    log('no error', outer.expired(), task.cancelling())
