"""Ctrl-C in a group of main cancels the children; what they throw meanwhile comes out in place of it."""

import asyncio

from harness import interrupt, log


async def child(name, error):
    try:
        await asyncio.sleep(100 + len(name))
    finally:
        log(name, 'ends')
        if error is not None:
            raise error


async def main():
    asyncio.get_running_loop().call_later(5, interrupt)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child('a', None))
            group.create_task(child('bb', ValueError()))
            async with asyncio.timeout(50):
                await asyncio.sleep(200)
    except BaseException as error:
        log(error, asyncio.current_task().cancelling())
        raise
