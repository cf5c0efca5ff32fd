"""`wait` with a timeout gives what is pending back and does not cancel it."""

import asyncio

from harness import log


async def func(delay):
    await asyncio.sleep(delay)
    return delay


async def main():
    tasks = [asyncio.create_task(func(delay)) for delay in (10, 30)]
    done, pending = await asyncio.wait(tasks, timeout=20)
    log([task.result() for task in done], [task.done() for task in pending])
    done, pending = await asyncio.wait(tasks)
    log(sorted(task.result() for task in done), len(pending))
