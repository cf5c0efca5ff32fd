"""Who comes while a barrier drains waits for the next round, and is not counted in this one."""

import asyncio

from harness import log


async def party(barrier, name):
    for n in range(2):
        index = await barrier.wait()
        log(name, 'round', n, index, barrier.n_waiting)


async def main():
    barrier = asyncio.Barrier(2)
    tasks = [asyncio.create_task(party(barrier, name)) for name in 'abcd']
    await asyncio.gather(*tasks)
    log(barrier.n_waiting, barrier.broken)
