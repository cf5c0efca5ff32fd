"""A second request when the first is slow; the first answer wins, the loser is cancelled and waited for."""

import asyncio

from harness import log


async def request(name, delay):
    try:
        await asyncio.sleep(delay)
        return name
    except asyncio.CancelledError:
        log(name, 'cancelled')
        raise


async def hedged(first, second):
    tasks = [asyncio.create_task(request('first', first))]
    done, _ = await asyncio.wait(tasks, timeout=10)
    if not done:
        tasks.append(asyncio.create_task(request('second', second)))
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return next(iter(done)).result()


async def main():
    for first, second in ((5, 5), (30, 7), (30, 50)):
        log(await hedged(first, second))
