"""A reset by the last party that leaves a barrier disturbs nobody: the others wait for the next round already."""

import asyncio

from harness import log


async def main():
    size = 4
    barrier = asyncio.Barrier(size)
    count = 0

    async def party(n):
        nonlocal count
        log(n, 'first', await barrier.wait())
        count += 1
        if count == size:
            await barrier.reset()
            log(n, 'reset', barrier.n_waiting)
            await barrier.wait()
        else:
            try:
                log(n, 'second', await barrier.wait())
            except asyncio.BrokenBarrierError as error:
                log(n, error)
        log(n, 'third', await barrier.wait())

    await asyncio.gather(*[party(n) for n in range(size)])
    log(barrier.broken, barrier.n_waiting)
