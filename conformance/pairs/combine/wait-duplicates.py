"""The same task given to wait twice is there once."""

import asyncio

from harness import log


async def main():
    task = asyncio.create_task(asyncio.sleep(5))
    other = asyncio.create_task(asyncio.sleep(50))
    done, pending = await asyncio.wait([task, other, task, other], timeout=10)
    log(len(done), len(pending))
