"""A main that is cancelled by a task of its own leaves a generator open: closed at the end all the same."""

import asyncio

from harness import log


agens = []


async def ticker():
    try:
        while True:
            yield 1
            await asyncio.sleep(5)
    finally:
        await asyncio.sleep(1)
        log('closed')


async def killer(task):
    await asyncio.sleep(12)
    log('cancel', task.cancel())


async def main():
    asyncio.create_task(killer(asyncio.current_task()))
    agens.append(ticker())
    async for n in agens[0]:
        log(n)
        if asyncio.get_running_loop().time() >= 10:
            break
    await asyncio.sleep(100)
