"""A task left over by one run goes on in the next, where it stood."""

import asyncio

from harness import log


def main(loop):
    async def child():
        for n in range(4):
            log('step', n)
            await asyncio.sleep(10)
        return 'done'

    task = loop.create_task(child())
    loop.run_until_complete(asyncio.sleep(15))
    log('between', task.done())
    loop.run_until_complete(asyncio.sleep(0))
    log('between', task.done())
    log(loop.run_until_complete(task), loop.time())
