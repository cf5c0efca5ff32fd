"""Shutting a queue down wakes all that wait to get or to put, with an error."""

import asyncio

from harness import log


async def attempt(name, doing):
    try:
        log(name, await doing)
    except asyncio.QueueShutDown as error:
        log(name, error)


async def main():
    empty, full = asyncio.Queue(), asyncio.Queue(1)
    full.put_nowait('first')
    tasks = [asyncio.create_task(attempt(f'get {n}', empty.get())) for n in range(2)]
    tasks += [asyncio.create_task(attempt(f'put {n}', full.put(n))) for n in range(2)]
    await asyncio.sleep(1)
    empty.shutdown()
    full.shutdown()
    await asyncio.gather(*tasks)
    log(full.get_nowait())
