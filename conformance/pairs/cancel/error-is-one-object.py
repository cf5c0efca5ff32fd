"""Who awaits a cancelled task first gets the very CancelledError that its coroutine threw on, later ones another."""

import asyncio

from harness import log


async def child(seen):
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError as error:
        seen.append(error)
        raise


async def main():
    seen = []
    task = asyncio.create_task(child(seen))
    await asyncio.sleep(1)
    task.cancel('reason')
    for _ in range(3):
        try:
            await task
        except asyncio.CancelledError as error:
            log(error is seen[0])
