"""Break, continue and return inside try/finally around awaits."""

import asyncio

from harness import log


async def search(limit):
    for n in range(10):
        try:
            await asyncio.sleep(1)
            if n % 2:
                continue
            if n == limit:
                return n
            if n == 6:
                break
            log('even', n)
        finally:
            log('finally', n)
    return 'none found'


async def main():
    log(await search(2))
    log(await search(100))
