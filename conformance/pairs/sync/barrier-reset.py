"""reset throws BrokenBarrierError to who waits and leaves the barrier usable; abort leaves it broken until a reset."""

import asyncio

from harness import log


async def party(barrier, name):
    try:
        log(name, await barrier.wait())
    except asyncio.BrokenBarrierError as error:
        log(name, error, barrier.broken)


async def main():
    barrier = asyncio.Barrier(2)
    for stop in (barrier.reset, barrier.abort):
        task = asyncio.create_task(party(barrier, 'a'))
        await asyncio.sleep(1)
        await stop()
        log('stopped', barrier.broken, barrier.n_waiting)
        await task
        await asyncio.gather(party(barrier, 'b'), party(barrier, 'c'))
    await barrier.reset()
    log('reset', barrier.broken)
    await asyncio.gather(party(barrier, 'd'), party(barrier, 'e'))
