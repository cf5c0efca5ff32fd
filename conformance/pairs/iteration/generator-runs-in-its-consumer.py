"""A generator runs in the task that asks: two tasks that take turns are each the current one inside."""

import asyncio

from harness import log


async def who(n):
    for _ in range(n):
        name = asyncio.current_task().get_name()
        await asyncio.sleep(0)
        yield name


async def ask(agen):
    return await anext(agen)


async def main():
    agen = who(4)
    for name in ('a', 'b', 'a'):
        log(name, await asyncio.create_task(ask(agen), name=name))
    asyncio.current_task().set_name('main')
    log(await anext(agen))
