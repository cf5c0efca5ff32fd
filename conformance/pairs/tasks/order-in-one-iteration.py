"""Callbacks, first steps and due timers run in the order they were asked for."""

import asyncio

from harness import log


async def child():
    log('task')
    return 'result'


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(log, 'a')
    task = asyncio.create_task(child())
    loop.call_soon(log, 'b')
    loop.call_later(0, log, 'c')
    log(await task)
    await asyncio.sleep(1)
