"""wait for the first one gives whatever is done when it runs on, in the order given; an error counts."""

import asyncio

from harness import log


async def child(delay, error=None):
    await asyncio.sleep(delay)
    if error is not None:
        raise error


async def main():
    tasks = {name: asyncio.create_task(child(delay, error), name=name) for name, delay, error in [
        ('c', 30, None), ('a', 10, RuntimeError()), ('b', 20, None)]}
    waiting = list(tasks.values())
    while waiting:
        done, pending = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        log([task.get_name() for task in done], [task.get_name() for task in pending])
        waiting = pending
    futures = [asyncio.get_running_loop().create_future() for _ in range(3)]
    futures[2].set_result(None)
    futures[0].set_result(None)
    done, pending = await asyncio.wait(futures, return_when=asyncio.FIRST_COMPLETED)
    log([futures.index(future) for future in done], len(pending))
    log(tasks['a'].exception())
