"""A delay that is no number is a ValueError when the sleep is awaited."""

import asyncio

from harness import log


async def main():
    try:
        await asyncio.sleep(float('nan'))
    except ValueError as error:
        log('caught', error)
    log('goes on')
