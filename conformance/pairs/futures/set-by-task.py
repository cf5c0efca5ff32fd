"""A bare future is set by another task; its waiter resumes one iteration later."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    async def setter():
        await asyncio.sleep(5)
        log('set')
        future.set_result('value')
        log('still my step')

    task = asyncio.create_task(setter())
    log(future.done())
    log(await future, future.done(), task.done())
