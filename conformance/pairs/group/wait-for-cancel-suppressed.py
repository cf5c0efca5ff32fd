"""What swallows its cancellation and returns a value gives that value out of waitFor, however late."""

import asyncio

from harness import log


async def stubborn():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        await asyncio.sleep(5)
        return 42


async def main():
    task = asyncio.current_task()
    log(await asyncio.wait_for(stubborn(), 10), task.cancelling())
    log(await asyncio.wait_for(asyncio.create_task(stubborn()), 10), task.cancelling())
