"""A join that is cancelled or runs out of time leaves the queue and the other joins as they are."""

import asyncio

from harness import log


async def join(queue, name):
    try:
        await queue.join()
        log(name, 'joined')
    except asyncio.CancelledError:
        log(name, 'cancelled')
        raise


async def main():
    queue = asyncio.Queue()
    queue.put_nowait(1)
    tasks = [asyncio.create_task(join(queue, name)) for name in 'ab']
    await asyncio.sleep(1)
    tasks[0].cancel()
    try:
        await asyncio.wait_for(join(queue, 'c'), 5)
    except TimeoutError as error:
        log(error)
    queue.get_nowait()
    queue.task_done()
    queue.put_nowait(2)
    await asyncio.sleep(1)
    log([task.done() for task in tasks])
    queue.task_done()
    await asyncio.wait(tasks)
