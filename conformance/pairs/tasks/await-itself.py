"""A task that awaits itself gets a RuntimeError at that await."""

import asyncio

from harness import log


async def child():
    await asyncio.sleep(0)
    try:
        await asyncio.current_task()
    except RuntimeError as error:
        log('caught', error)
    await asyncio.sleep(1)
    return 'went on'


async def main():
    log(await asyncio.create_task(child()))
    await asyncio.current_task()
