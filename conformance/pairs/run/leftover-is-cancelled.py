"""A task that is left when main returns is cancelled and waited for."""

import asyncio

from harness import log, reason


async def leftover():
    try:
        await asyncio.sleep(1000)
    except asyncio.CancelledError as error:
        log('thrown', error, reason(error))
        raise
    finally:
        await asyncio.sleep(10)
        log('cleaned')


async def main():
    asyncio.create_task(leftover())
    await asyncio.sleep(5)
    log('main returns')
    return 'value'
