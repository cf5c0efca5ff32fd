"""The usual race: wait for the first, cancel the others, wait for their clean-ups."""

import asyncio

from harness import log


async def runner(name, delay):
    try:
        await asyncio.sleep(delay)
        return name
    finally:
        await asyncio.sleep(delay / 10)
        log(name, 'ends')


async def main():
    tasks = [asyncio.create_task(runner(name, delay)) for name, delay in (('a', 30), ('b', 20), ('c', 40))]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    log([task.result() for task in done])
    await asyncio.wait(pending)
    log([task.cancelled() for task in tasks])
