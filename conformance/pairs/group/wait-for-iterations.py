"""waitFor awaits a coroutine in its own task: no iteration more, and none for what is done."""

import asyncio

from harness import log, ticks


async def nop():
    return asyncio.current_task() is main_task


async def main():
    global main_task
    main_task = asyncio.current_task()
    start = ticks()
    log(await asyncio.wait_for(nop(), 10))
    log('coroutine', ticks() - start)
    task = asyncio.create_task(nop())
    start = ticks()
    log(await asyncio.wait_for(task, 10))
    log('task', ticks() - start)
    start = ticks()
    log(await asyncio.wait_for(task, None))
    log('done task', ticks() - start)
    start = ticks()
    log(await asyncio.wait_for(task, 0))
    log('done task, no time', ticks() - start)
