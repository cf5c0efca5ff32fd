"""A main coroutine that is cancelled ends the run with CancelledError."""

import asyncio

from harness import log


async def main():
    task = asyncio.current_task()
    asyncio.get_running_loop().call_later(5, task.cancel)
    try:
        await asyncio.sleep(100)
    finally:
        log('finally', task.cancelling())
