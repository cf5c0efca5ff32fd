"""A worker that fails before its taskDone leaves join waiting for ever: a deadlock, unless somebody looks."""

import asyncio

from harness import log


async def worker(queue):
    item = await queue.get()
    if item == 'bad':
        raise ValueError
    queue.task_done()


async def main():
    queue = asyncio.Queue()
    queue.put_nowait('bad')
    task = asyncio.create_task(worker(queue))
    joining = asyncio.create_task(queue.join())
    done, pending = await asyncio.wait([task, joining], return_when=asyncio.FIRST_COMPLETED)
    log(task in done, task.exception(), joining in pending)
    await queue.join()
