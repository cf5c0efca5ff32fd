"""Finally blocks run innermost first, and may await."""

import asyncio

from harness import log


async def nested(n):
    try:
        log('enter', n)
        if n < 3:
            await nested(n + 1)
        else:
            await asyncio.sleep(1)
            raise ValueError('deepest')
        log('not reached')
    finally:
        log('leave', n)
        await asyncio.sleep(n)
        log('left', n)


async def main():
    try:
        await nested(1)
    except ValueError as error:
        log(error)
