"""A gather whose children are all done refuses a cancel, although it has not heard of their ends yet."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    async def child():
        return await future

    gathered = asyncio.gather(child())
    await asyncio.sleep(0)
    task = next(task for task in asyncio.all_tasks() if task is not asyncio.current_task())

    def on_done(_):
        log('child done', task.done(), gathered.cancel())

    task.add_done_callback(on_done)
    future.add_done_callback(lambda _: log('future done', task.done()))
    future.set_result(42)
    log(await gathered, gathered.cancelled())
