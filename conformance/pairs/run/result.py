"""A run gives back what its main coroutine returns."""

import asyncio

from harness import log


async def child():
    await asyncio.sleep(5)
    return 'value'


async def main():
    log('main')
    return await child()
