"""A task that fails alone does not disturb the others."""

import asyncio

from harness import log


async def failing():
    await asyncio.sleep(1)
    log('fails')
    raise ValueError('alone')


async def steady():
    for n in range(3):
        await asyncio.sleep(0.75)
        log('steady', n)
    return 'end'


async def main():
    task = asyncio.create_task(failing())
    log(await asyncio.create_task(steady()))
    log(task.done(), task.exception())
