"""result() and exception() of a task that was cancelled throw a CancelledError with the reason, into the next task too."""

import asyncio

from harness import log, reason


async def sleeper():
    await asyncio.sleep(10)


async def reader(read, given):
    task = asyncio.create_task(sleeper())
    await asyncio.sleep(0)
    task.cancel(*given)
    done, pending = await asyncio.wait([task])
    log(task in done, len(pending))
    try:
        read(task)
    except asyncio.CancelledError as error:
        log('reader', reason(error))
        raise


async def main():
    for read in (lambda task: task.result(), lambda task: task.exception()):
        for given in ((), (None,), ('text',), (5,)):
            task = asyncio.create_task(reader(read, given))
            try:
                await task
            except asyncio.CancelledError as error:
                log('main', reason(error), task.cancelled())
