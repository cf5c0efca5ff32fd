"""With returnExceptions errors stand among the results, a cancelled child's too, and nothing is thrown."""

import asyncio

from harness import log


async def child(delay, error=None):
    await asyncio.sleep(delay)
    if error is not None:
        raise error
    return delay


async def main():
    cancelled = asyncio.create_task(child(40))
    asyncio.get_running_loop().call_later(25, cancelled.cancel)
    results = await asyncio.gather(
        child(30), child(10, ValueError()), cancelled, child(20, RuntimeError()),
        return_exceptions=True)
    log(results)
