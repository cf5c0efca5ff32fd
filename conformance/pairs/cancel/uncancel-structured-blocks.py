"""A timeout made by hand of call_later, cancel and uncancel: only its own cancel becomes a timeout."""

import asyncio

from harness import log


async def request(delay, timeout):
    task = asyncio.current_task()
    loop = task.get_loop()
    timed_out = False

    def on_timeout():
        nonlocal timed_out
        timed_out = True
        task.cancel()

    handle = loop.call_later(timeout, on_timeout)
    finished = False
    try:
        try:
            await asyncio.sleep(delay)
            finished = True
        except asyncio.CancelledError:
            if timed_out and task.uncancel() == 0:
                raise TimeoutError
            raise
        finally:
            handle.cancel()
    except TimeoutError as error:
        log(error)
    await asyncio.sleep(0)
    return timed_out, finished, task.cancelling()


async def main():
    log(await asyncio.create_task(request(1000, 100)))
    log(await asyncio.create_task(request(0, 1000)))
    outer = asyncio.create_task(request(1000, 100))
    await asyncio.sleep(50)
    outer.cancel()
    try:
        await outer
    except asyncio.CancelledError:
        log('cancelled from outside', outer.cancelling())
