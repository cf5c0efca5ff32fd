"""A consumer cancelled in each iteration of its loop: what it got, and what the generator did."""

import asyncio
import contextlib

from harness import log


async def ticker():
    try:
        for n in range(3):
            await asyncio.sleep(0)
            yield n
    except asyncio.CancelledError:
        log('inside')
        raise
    finally:
        log('finally')


async def consumer(agen):
    got = []
    try:
        async with contextlib.aclosing(agen):
            async for n in agen:
                got.append(n)
                await asyncio.sleep(0)
    finally:
        log('got', got)


async def main():
    for turns in range(10):
        task = asyncio.create_task(consumer(ticker()))
        for _ in range(turns):
            await asyncio.sleep(0)
        log('cancel', turns, task.cancel())
        await asyncio.wait([task])
        log(task.cancelled())
