"""shield passes on results, errors and the cancellation of what it shields; what is done it gives back."""

import asyncio

from harness import log, ticks


async def nop():
    pass


async def child(delay, error=None):
    await asyncio.sleep(delay)
    if error is not None:
        raise error
    return delay


async def main():
    start = ticks()
    await asyncio.shield(nop())
    log('iterations', ticks() - start)
    log(await asyncio.shield(child(1)))
    try:
        await asyncio.shield(child(2, ValueError()))
    except ValueError as error:
        log('caught', error)
    task = asyncio.create_task(child(30))
    shielded = asyncio.shield(task)
    asyncio.get_running_loop().call_later(5, task.cancel)
    try:
        await shielded
    except asyncio.CancelledError:
        log('cancelled', shielded.cancelled(), asyncio.current_task().cancelling())
    log(asyncio.shield(task) is task)
