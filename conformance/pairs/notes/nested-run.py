"""A run inside a running loop, as nest_asyncio allows it: the inner program has a loop of its own."""

import asyncio

from harness import log, nested_run

# Python refuses this, so the inner program runs in a thread here, on a clock that starts at 0, and
# the outer loop stands still. Iterations of the outer loop are not compared: waiting for a run that
# is another loop's business costs some.
TICKS = False


async def func(n):
    log('inner', n)
    await asyncio.sleep(2000 + n)
    log('inner', n, 'end')
    return n


async def inner():
    tasks = [asyncio.create_task(func(n)) for n in range(2)]
    return [await task for task in tasks]


async def main():
    log('outer')
    await asyncio.sleep(10)
    log('result', nested_run(inner()))
    await asyncio.sleep(10)
    log('outer end')
