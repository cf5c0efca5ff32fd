"""reschedule moves the deadline, sets or clears it; once it has expired it refuses."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(10) as scope:
        await asyncio.sleep(5)
        scope.reschedule(loop.time() + 20)
        log('later', scope.when())
        await asyncio.sleep(10)
        scope.reschedule(None)
        log('none', scope.when())
        await asyncio.sleep(30)
    log('ended')
    try:
        async with asyncio.timeout(None) as scope:
            log(scope.when())
            scope.reschedule(loop.time() + 3)
            await asyncio.sleep(50)
    except TimeoutError:
        log('timed out')
    try:
        async with asyncio.timeout(1) as scope:
            try:
                await asyncio.sleep(50)
            finally:
                try:
                    scope.reschedule(loop.time() + 30)
                except RuntimeError as error:
                    log('refused', error)
    except TimeoutError:
        log('timed out')
    try:
        scope.reschedule(None)
    except RuntimeError as error:
        log('refused', error)
