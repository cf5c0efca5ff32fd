"""An eagerly started task runs its first step inside the call that makes it."""

import asyncio

from harness import log, ticks


async def immediate():
    log('immediate', asyncio.current_task().get_name())
    return 'now'


async def suspending():
    log('suspending')
    await asyncio.sleep(1)
    log('resumed', asyncio.current_task().get_name())
    return 'later'


async def failing():
    log('failing')
    raise ValueError('eager')


def eager(coro, name):
    return asyncio.Task(coro, loop=asyncio.get_running_loop(), name=name, eager_start=True)


async def main():
    asyncio.current_task().set_name('main')
    first = eager(immediate(), 'first')
    log(asyncio.current_task().get_name(), first.done(), first.result())
    second = eager(suspending(), 'second')
    log(asyncio.current_task().get_name(), second.done())
    third = eager(failing(), 'third')
    log(asyncio.current_task().get_name(), third.done(), third.exception())
    log(len(asyncio.all_tasks()))
    start = ticks()
    log(await first, ticks() - start)
    log(await second)
