"""join waits until every item that was put is reported done; each put makes it wait again."""

import asyncio

from harness import log


async def worker(queue):
    while True:
        item = await queue.get()
        await asyncio.sleep(item)
        log('done', item)
        queue.task_done()


async def main():
    queue = asyncio.Queue()
    await queue.join()
    log('nothing to wait for')
    tasks = [asyncio.create_task(worker(queue)) for _ in range(2)]
    for item in (30, 10, 25):
        queue.put_nowait(item)
    joining = asyncio.create_task(queue.join())
    await asyncio.sleep(15)
    log(joining.done())
    await queue.join()
    log('joined', joining.done())
    queue.put_nowait(5)
    await queue.join()
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    try:
        queue.task_done()
    except ValueError as error:
        log(error)
