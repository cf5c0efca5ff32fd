"""After an abort all parties meet at a second barrier, where one of them resets the first, which is good again."""

import asyncio

from harness import log


async def main():
    size = 4
    one, two = asyncio.Barrier(size), asyncio.Barrier(size)

    async def party(n):
        try:
            if await one.wait() == size // 2:
                raise RuntimeError
            await one.wait()
            log(n, 'never')
        except asyncio.BrokenBarrierError as error:
            log(n, error)
        except RuntimeError:
            await one.abort()
            log(n, 'aborted')
        if await two.wait() == size // 2:
            await one.reset()
            log(n, 'reset')
        await two.wait()
        await one.wait()
        log(n, 'through')

    await asyncio.gather(*[party(n) for n in range(size)])
    log(one.broken, one.n_waiting)
