"""A run fails with the error of its main coroutine."""

import asyncio

from harness import log


async def main():
    try:
        await asyncio.sleep(5)
        raise ValueError('main')
    finally:
        log('finally')
