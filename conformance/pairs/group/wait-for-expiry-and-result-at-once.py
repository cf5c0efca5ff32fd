"""A result in the iteration of the expiry: the timeout's cancel finds the future done, or it does not."""

import asyncio

from harness import log, spend


async def main():
    loop = asyncio.get_running_loop()
    for turns in range(4):
        future = loop.create_future()
        waiting = asyncio.create_task(asyncio.wait_for(future, 10))
        await asyncio.sleep(9.5)
        spend(0.5)
        for _ in range(turns):
            await asyncio.sleep(0)
        if not future.done():
            future.set_result('value')
        try:
            log(turns, await waiting, future.cancelled())
        except TimeoutError as error:
            log(turns, error, future.cancelled())
