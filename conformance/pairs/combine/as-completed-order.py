"""asCompleted gives coroutines, each for the next one to end, and each throws that one's own error."""

import asyncio

from harness import log


async def child(delay, error=None):
    log('start', delay)
    await asyncio.sleep(delay)
    if error is not None:
        raise error
    return delay


async def main():
    for next_one in asyncio.as_completed([child(30), child(10), child(20, ValueError())]):
        try:
            log('got', await next_one)
        except ValueError as error:
            log('caught', error)
    for next_one in asyncio.as_completed([]):
        log('never')
