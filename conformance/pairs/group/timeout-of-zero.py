"""A timeout of zero or less strikes at the first await that suspends: a body without one succeeds."""

import asyncio

from harness import log


async def main():
    for delay in (0, -5):
        async with asyncio.timeout(delay) as scope:
            log('no await', delay, scope.expired())
        log('ended', scope.expired())
        try:
            async with asyncio.timeout(delay) as scope:
                log('before')
                await asyncio.sleep(0)
                log('after one iteration', scope.expired())
                await asyncio.sleep(50)
                log('never')
        except TimeoutError:
            log('timed out')
