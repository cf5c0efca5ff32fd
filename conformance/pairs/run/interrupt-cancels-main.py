"""Ctrl-C cancels main, which may clean up with awaits; run then throws KeyboardInterrupt."""

import asyncio

from harness import interrupt, log


async def other():
    try:
        await asyncio.sleep(1000)
    finally:
        log('other ends')


async def presser():
    await asyncio.sleep(5)
    log('Ctrl-C')
    interrupt()
    log('goes on')


async def main():
    asyncio.create_task(other())
    asyncio.create_task(presser())
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError as error:
        log('main', error, asyncio.current_task().cancelling())
        await asyncio.sleep(10)
        log('cleaned up')
        raise
