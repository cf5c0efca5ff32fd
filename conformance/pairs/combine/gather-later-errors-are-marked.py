"""An error of a child that comes after the gather's own is marked as seen: nobody reports it."""

import asyncio

from harness import log, log_errors


async def child(delay, error):
    await asyncio.sleep(delay)
    log('raises', error)
    raise error


async def main():
    log_errors()
    try:
        await asyncio.gather(child(1, ValueError()), child(2, RuntimeError()))
    except Exception as error:
        log('caught', error)
    await asyncio.sleep(10)
    log('end')
