"""An eagerly started task that suspends goes on like any other, and can be cancelled."""

import asyncio

from harness import log


async def worker(name, future):
    log(name, 'start')
    try:
        return await future
    except asyncio.CancelledError as error:
        log(name, error)
        raise
    finally:
        log(name, 'end')


async def main():
    loop = asyncio.get_running_loop()
    one, two = loop.create_future(), loop.create_future()
    first = asyncio.Task(worker('first', one), loop=loop, eager_start=True)
    second = asyncio.Task(worker('second', two), loop=loop, eager_start=True)
    log('both wait')
    second.cancel()
    one.set_result('value')
    log(await first)
    log(second.cancelled(), two.cancelled())
