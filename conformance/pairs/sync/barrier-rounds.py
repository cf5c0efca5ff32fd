"""A barrier opens when all parties wait; each has an index, and then it can be used again."""

import asyncio

from harness import log


async def party(barrier, name, delay):
    for n in range(2):
        await asyncio.sleep(delay)
        log(name, 'waits', barrier.n_waiting)
        index = await barrier.wait()
        log(name, 'round', n, index)


async def main():
    barrier = asyncio.Barrier(3)
    log(barrier.parties, barrier.n_waiting, barrier.broken)
    await asyncio.gather(
        party(barrier, 'a', 30), party(barrier, 'b', 10), party(barrier, 'c', 20))
    log(barrier.n_waiting, barrier.broken)
    try:
        asyncio.Barrier(0)
    except ValueError as error:
        log(error)
