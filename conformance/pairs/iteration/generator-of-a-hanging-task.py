"""A task that hangs in a generator when main fails is cancelled there and its error reported; main's error goes on."""

import asyncio

from harness import log, log_errors


spinners = []


async def fidget():
    try:
        while True:
            yield 1
            await asyncio.sleep(10)
    finally:
        log('fidget ends')


async def spin():
    spinners.append(fidget())
    try:
        async for n in spinners[0]:
            log(n)
    except asyncio.CancelledError:
        raise RuntimeError


async def main():
    log_errors()
    asyncio.create_task(spin())
    await asyncio.sleep(15)
    raise ValueError
