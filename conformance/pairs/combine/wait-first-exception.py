"""wait for the first exception goes on at an error, not at a result and not at a cancellation."""

import asyncio

from harness import log


async def child(delay, error=None):
    await asyncio.sleep(delay)
    if error is not None:
        raise error


async def main():
    loop = asyncio.get_running_loop()
    slow = asyncio.create_task(child(100), name='slow')
    bad = asyncio.create_task(child(30, ZeroDivisionError()), name='bad')
    quick = asyncio.create_task(child(10), name='quick')
    cancelled = asyncio.create_task(child(90), name='cancelled')
    loop.call_later(20, cancelled.cancel)
    tasks = [bad, slow, quick, cancelled]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    log([task.get_name() for task in done], [task.get_name() for task in pending])
    done, pending = await asyncio.wait([slow, cancelled], return_when=asyncio.FIRST_EXCEPTION)
    log([task.get_name() for task in done], [task.get_name() for task in pending])
    log(isinstance(bad.exception(), ZeroDivisionError))
