"""A main that swallows the cancel of a Ctrl-C runs on, and run gives its result."""

import asyncio

from harness import interrupt, log


async def main():
    asyncio.get_running_loop().call_later(5, interrupt)
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        log('swallowed', asyncio.current_task().cancelling())
    await asyncio.sleep(5)
    log('goes on')
    return 'result'
