"""A child that is cancelled, by itself or by somebody, is no error: the group goes on, and ends well."""

import asyncio

from harness import log


async def selfish():
    raise asyncio.CancelledError


async def main():
    async with asyncio.TaskGroup() as group:
        one = group.create_task(asyncio.sleep(100))
        two = group.create_task(selfish())
        three = group.create_task(asyncio.sleep(20, 'three'))
        await asyncio.sleep(10)
        log(one.cancel(), two.cancelled())
        await asyncio.sleep(1)
        log(one.cancelled())
    log(three.result(), asyncio.current_task().cancelling())
