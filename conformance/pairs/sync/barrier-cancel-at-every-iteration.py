"""A party cancelled in each iteration around the opening of a barrier: who is through, and what the barrier is then."""

import asyncio

from harness import log


async def party(barrier, name):
    try:
        log(name, await barrier.wait())
    except BaseException as error:
        log(name, error, barrier.n_waiting)
        raise


async def main():
    for turns in range(5):
        barrier = asyncio.Barrier(3)
        tasks = [asyncio.create_task(party(barrier, name)) for name in 'ab']
        await asyncio.sleep(1)
        tasks.append(asyncio.create_task(party(barrier, 'c')))
        for _ in range(turns):
            await asyncio.sleep(0)
        log('cancel', turns, tasks[0].cancel())
        await asyncio.sleep(1)
        log([task.done() for task in tasks], barrier.n_waiting, barrier.broken)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
