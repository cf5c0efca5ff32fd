"""With no time at all waitFor gives the result of what is done, and cancels the rest before it starts."""

import asyncio

from harness import log, ticks


async def nop():
    log('never starts')


async def cleans_up():
    try:
        await asyncio.sleep(100)
    finally:
        log('ends')


async def survives():
    try:
        await asyncio.sleep(101)
    except asyncio.CancelledError:
        return 'survived'


async def main():
    future = asyncio.get_running_loop().create_future()
    future.set_result('value')
    log(await asyncio.wait_for(future, -1))
    for coro in (nop(), cleans_up()):
        start = ticks()
        try:
            await asyncio.wait_for(coro, 0)
        except TimeoutError as error:
            log('caught', error, ticks() - start)
    task = asyncio.create_task(cleans_up())
    other = asyncio.create_task(survives())
    await asyncio.sleep(5)
    start = ticks()
    try:
        await asyncio.wait_for(task, -3)
    except TimeoutError:
        log('caught', task.cancelled(), ticks() - start)
    log(await asyncio.wait_for(other, 0))
