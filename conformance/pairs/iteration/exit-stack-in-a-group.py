"""Resources of a group's children in exit stacks of their own: a failing sibling has them all closed."""

import asyncio
import contextlib

from harness import log


@contextlib.asynccontextmanager
async def connection(name):
    await asyncio.sleep(1)
    log('open', name)
    try:
        yield name
    finally:
        await asyncio.sleep(len(name))
        log('closed', name)


async def child(names, delay):
    async with contextlib.AsyncExitStack() as stack:
        for name in names:
            await stack.enter_async_context(connection(name))
        await asyncio.sleep(delay)
        raise ValueError


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child(['a', 'bb'], 10))
            await asyncio.sleep(0.5)
            group.create_task(child(['ccc', 'dddd', 'eeeee'], 50))
    except ExceptionGroup as error:
        log(error)
