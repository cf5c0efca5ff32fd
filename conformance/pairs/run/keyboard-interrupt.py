"""A KeyboardInterrupt raised in a task ends the run at once; main is cancelled on the way out."""

import asyncio

from harness import log


async def child():
    await asyncio.sleep(5)
    log('interrupt')
    raise KeyboardInterrupt


async def main():
    task = asyncio.create_task(child())
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError as error:
        log('main', error)
        raise
    finally:
        log('task', task.done())
