"""An eagerly started task that sleeps: its first step before its maker goes on, the rest in turn."""

import asyncio

from harness import log


async def child(name, delay):
    log(name, 'start')
    await asyncio.sleep(delay)
    log(name, 'end')
    return name


async def main():
    loop = asyncio.get_running_loop()
    first = asyncio.Task(child('first', 2), loop=loop, eager_start=True)
    log('main')
    second = asyncio.Task(child('second', 1), loop=loop, eager_start=True)
    log('main again')
    loop.call_soon(log, 'soon')
    log(await first, second.done())
    log(await second)
