"""The reason given to a future's `cancel` travels in the CancelledError."""

import asyncio

from harness import log, reason


async def main():
    loop = asyncio.get_running_loop()
    for args in ((), ('because',), (5,)):
        future = loop.create_future()
        future.cancel(*args)
        for read in (future.result, future.exception):
            try:
                read()
            except asyncio.CancelledError as error:
                log(error, reason(error))
        try:
            await future
        except asyncio.CancelledError as error:
            log('awaited', error, reason(error))
