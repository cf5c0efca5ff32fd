"""A left-over task that fails while it is cancelled is reported to the exception handler."""

import asyncio

from harness import log_errors


async def leftover():
    try:
        await asyncio.sleep(1000)
    finally:
        raise ValueError('in clean-up')


async def main():
    log_errors()
    asyncio.create_task(leftover())
    await asyncio.sleep(5)
    return 'value'
