"""A task over something that is no coroutine is a TypeError."""

import asyncio

from harness import log


async def main():
    for source in (5, 'text', None, lambda: 1, asyncio.get_running_loop().create_future()):
        try:
            asyncio.create_task(source)
        except TypeError as error:
            log('refused', error)
    log(len(asyncio.all_tasks()))
