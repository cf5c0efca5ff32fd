"""Tasks that await each other hand a result up at one iteration a task."""

import asyncio

from harness import log


async def link(n):
    if n == 0:
        await asyncio.sleep(10)
        log('root')
        return 'value'
    value = await asyncio.create_task(link(n - 1))
    log('link', n)
    return value


async def main():
    log(await link(5))
    log(await asyncio.create_task(link(2)))
