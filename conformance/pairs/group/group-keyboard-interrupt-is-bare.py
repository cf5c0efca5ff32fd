"""A KeyboardInterrupt of the body comes out bare, after the children were cancelled and have ended."""

import asyncio

from harness import log


async def child():
    try:
        await asyncio.sleep(100)
    finally:
        log('child ends')
        raise ValueError


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child())
            await asyncio.sleep(5)
            raise KeyboardInterrupt
    except BaseException as error:
        log('caught', error, asyncio.current_task().cancelling())
