"""Two tasks run side by side; each await gives its own result."""

import asyncio

from harness import log


async def child(name, delay):
    log(name, 'start')
    await asyncio.sleep(delay)
    log(name, 'end')
    return name


async def main():
    first = asyncio.create_task(child('first', 20))
    second = asyncio.create_task(child('second', 10))
    log('made', first.done(), second.done())
    log(await first, second.done())
    log(await second, first.done())
