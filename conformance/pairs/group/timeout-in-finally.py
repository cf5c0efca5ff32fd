"""A timeout in a clean-up that itself runs because of a timeout: both end as TimeoutErrors of their own."""

import asyncio

from harness import log


async def main():
    task = asyncio.current_task()
    try:
        async with asyncio.timeout(10):
            try:
                await asyncio.sleep(100)
            finally:
                log('clean-up', task.cancelling())
                try:
                    async with asyncio.timeout(10):
                        await asyncio.sleep(100)
                except TimeoutError as error:
                    log('inner', error, task.cancelling())
    except TimeoutError as error:
        log('outer', error, task.cancelling())
