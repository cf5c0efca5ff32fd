"""Each step knows its task; a callback of the loop has none."""

import asyncio

from harness import log


async def inner(outer):
    log('inner is outer', asyncio.current_task() is outer)


async def child(name):
    me = asyncio.current_task()
    for n in range(2):
        log(name, me.get_name(), asyncio.current_task() is me)
        await asyncio.sleep(0)
    await inner(me)


def callback():
    log('callback', asyncio.current_task() is None)


async def main():
    me = asyncio.current_task()
    await inner(me)
    asyncio.get_running_loop().call_soon(callback)
    tasks = [asyncio.create_task(child(name), name='task ' + name) for name in 'ab']
    await inner(tasks[0])
    for task in tasks:
        await task
        log('main again', asyncio.current_task() is me)
