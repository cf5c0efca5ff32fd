"""A task cancelled in each iteration around the end of its wait: it is cancelled, the tasks are not."""

import asyncio

from harness import log


async def nop():
    return 'value'


async def waiter(tasks, **options):
    done, pending = await asyncio.wait(tasks, **options)
    return [len(done), len(pending)]


async def main():
    for turns in range(6):
        tasks = [asyncio.create_task(nop()), asyncio.create_task(asyncio.sleep(0, 'slept'))]
        task = asyncio.create_task(waiter(tasks))
        for _ in range(turns):
            await asyncio.sleep(0)
        log('cancel', turns, task.cancel())
        try:
            log(await task)
        except asyncio.CancelledError as error:
            log(error)
        log([await task for task in tasks])
    for delay in (9, 10, 11):
        never = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(waiter([never], timeout=10))
        asyncio.get_running_loop().call_later(delay + 0.5, task.cancel)
        await asyncio.wait([task])
        log(delay, task.cancelled())
