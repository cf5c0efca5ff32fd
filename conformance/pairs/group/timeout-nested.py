"""Of nested timeouts each turns its own cancellation only: an outer one passes the inner as a cancellation."""

import asyncio

from harness import log


async def nested(outer, inner):
    try:
        async with asyncio.timeout(outer) as one:
            try:
                async with asyncio.timeout(inner) as two:
                    await asyncio.sleep(100)
            except BaseException as error:
                log('inner', error, one.expired(), two.expired())
                raise
    except TimeoutError as error:
        log('outer', error, one.expired(), asyncio.current_task().cancelling())


async def main():
    await nested(20, 10)
    await nested(10, 20)
    try:
        async with asyncio.timeout(30):
            try:
                async with asyncio.timeout(10):
                    await asyncio.sleep(100)
            except TimeoutError:
                log('handled')
            await asyncio.sleep(100)
    except TimeoutError:
        log('the outer one as well')
