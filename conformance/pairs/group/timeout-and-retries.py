"""Retries with a deadline for each and one over all: the outer one ends them in the middle of a try."""

import asyncio

from harness import log


async def attempt(n):
    try:
        await asyncio.sleep(10 + n)
        log('answer', n)
    except asyncio.CancelledError:
        log('given up', n)
        raise


async def main():
    try:
        async with asyncio.timeout(40) as whole:
            for n in range(9):
                try:
                    async with asyncio.timeout(8 + n / 10):
                        await attempt(n)
                except TimeoutError:
                    log('try again', n, whole.expired())
                    await asyncio.sleep(3)
    except TimeoutError as error:
        log(error, asyncio.current_task().cancelling())
