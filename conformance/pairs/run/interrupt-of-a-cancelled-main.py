"""Ctrl-C when main has been cancelled already is no KeyboardInterrupt: the other cancel goes on."""

import asyncio

from harness import interrupt, log


async def killer(task):
    await asyncio.sleep(0)
    log(task.cancel())
    interrupt()
    log(task.cancelling())


async def main():
    asyncio.create_task(killer(asyncio.current_task()))
    await asyncio.sleep(10)
