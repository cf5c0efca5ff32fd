"""An abort by a party that has left while others have not: all of them, and those that came back, get the error."""

import asyncio

from harness import log


async def main():
    size = 5
    barrier = asyncio.Barrier(size)
    count = 0

    async def party(n):
        nonlocal count
        try:
            log(n, 'index', await barrier.wait())
        except asyncio.BrokenBarrierError as error:
            log(n, 'draining', error)
            return
        count += 1
        if count > size // 2:
            await barrier.abort()
            log(n, 'aborted')
        else:
            try:
                await barrier.wait()
            except asyncio.BrokenBarrierError as error:
                log(n, 'blocked', error)

    await asyncio.gather(*[party(n) for n in range(size)])
    log(barrier.broken, barrier.n_waiting)
