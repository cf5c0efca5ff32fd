"""Left-over tasks are cancelled when main fails too."""

import asyncio

from harness import log


async def leftover():
    try:
        await asyncio.sleep(1000)
    finally:
        log('cleaned')


async def main():
    asyncio.create_task(leftover())
    await asyncio.sleep(5)
    raise ValueError('main')
