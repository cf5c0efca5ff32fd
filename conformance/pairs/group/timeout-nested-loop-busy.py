"""When the loop was busy for so long that both timeouts of a nest are over, the outer one wins."""

import asyncio

from harness import log, spend


async def main():
    task = asyncio.current_task()
    for outer, inner in ((100, 10), (10, 100)):
        try:
            async with asyncio.timeout(outer) as one:
                try:
                    async with asyncio.timeout(inner) as two:
                        spend(150)
                        await asyncio.sleep(1000)
                except BaseException as error:
                    log('inner', error, two.expired(), one.expired(), task.cancelling())
                    raise
                log('never')
        except TimeoutError:
            log('outer', one.expired(), task.cancelling())
    try:
        async with asyncio.timeout(100):
            try:
                async with asyncio.timeout(10):
                    spend(50)
                    await asyncio.sleep(1000)
            except TimeoutError:
                log('inner alone')
            await asyncio.sleep(1000)
    except TimeoutError:
        log('then the outer')
