"""A deadline for each of several steps: the one that takes too long is given up, the rest goes on."""

import asyncio

from harness import log


async def step(name, delay):
    try:
        async with asyncio.timeout(20):
            await asyncio.sleep(delay)
            return name
    except TimeoutError:
        return f'{name} timed out'


async def main():
    for name, delay in (('a', 5), ('b', 30), ('c', 19), ('d', 21)):
        log(await step(name, delay))
