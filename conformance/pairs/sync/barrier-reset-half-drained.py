"""A reset while a barrier drains throws those out that have not left yet, and all meet in the next round."""

import asyncio

from harness import log


async def main():
    size = 4
    barrier = asyncio.Barrier(size)
    count = 0

    async def party(n):
        nonlocal count
        try:
            await barrier.wait()
        except asyncio.BrokenBarrierError as error:
            log(n, error)
            await barrier.wait()
            log(n, 'again')
            return
        count += 1
        if count > size // 2:
            log(n, 'resets')
            await barrier.reset()
            await barrier.wait()
            log(n, 'after the reset')
        else:
            try:
                await barrier.wait()
                log(n, 'second round')
            except asyncio.BrokenBarrierError as error:
                log(n, 'second round', error)

    await asyncio.gather(*[party(n) for n in range(size)])
    log(barrier.n_waiting, barrier.broken)
