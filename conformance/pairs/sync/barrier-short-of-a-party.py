"""A barrier that is short of a party is waited for until a time is over; the others may go on in another round."""

import asyncio

from harness import log


async def party(barrier, name, delay):
    try:
        async with asyncio.timeout(delay):
            log(name, await barrier.wait())
    except TimeoutError as error:
        log(name, error, barrier.n_waiting)


async def main():
    barrier = asyncio.Barrier(3)
    await asyncio.gather(party(barrier, 'a', 10), party(barrier, 'b', 20))
    log(barrier.n_waiting, barrier.broken)
    await asyncio.gather(*[party(barrier, name, 5 + len(name)) for name in ('a', 'bb', 'ccc')])
    await barrier.wait()
