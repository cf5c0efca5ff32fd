"""abort and reset in each iteration around the opening: who gets an index and who an error."""

import asyncio

from harness import log


async def party(barrier, name):
    try:
        log(name, await barrier.wait())
    except asyncio.BrokenBarrierError as error:
        log(name, error)


async def main():
    for stop in ('abort', 'reset'):
        for turns in range(4):
            log(stop, turns)
            barrier = asyncio.Barrier(2)
            tasks = [asyncio.create_task(party(barrier, name)) for name in 'abc']
            for _ in range(turns):
                await asyncio.sleep(0)
            await (barrier.abort() if stop == 'abort' else barrier.reset())
            await asyncio.sleep(1)
            log([task.done() for task in tasks], barrier.n_waiting, barrier.broken)
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
