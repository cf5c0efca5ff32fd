"""A party that is cancelled leaves; the barrier is not broken and waits for another one."""

import asyncio

from harness import log


async def party(barrier, name):
    try:
        log(name, await barrier.wait())
    except asyncio.CancelledError:
        log(name, 'cancelled', barrier.n_waiting, barrier.broken)
        raise


async def main():
    barrier = asyncio.Barrier(3)
    tasks = [asyncio.create_task(party(barrier, name)) for name in 'ab']
    await asyncio.sleep(1)
    log(barrier.n_waiting, tasks[0].cancel())
    await asyncio.sleep(1)
    tasks += [asyncio.create_task(party(barrier, name)) for name in 'cd']
    log(await asyncio.gather(*tasks, return_exceptions=True))
