"""A left-over task may swallow the cancel and take its time; the run waits for its end."""

import asyncio

from harness import log


async def leftover():
    try:
        await asyncio.sleep(1000)
    except asyncio.CancelledError:
        log('swallowed')
    for n in range(3):
        await asyncio.sleep(10)
        log('still here', n)


async def main():
    asyncio.create_task(leftover())
    await asyncio.sleep(5)
    return 'value'
