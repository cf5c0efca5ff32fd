"""The Python side of the suite "core"."""

import asyncio

from harness import ns_per, serve

TASKS = 1000
SWITCHES = 10


async def body():
    for _ in range(SWITCHES):
        await asyncio.sleep(0)


async def main():
    tasks = [asyncio.create_task(body()) for _ in range(TASKS)]
    for task in tasks:
        await task


def spawn_switch_join(loop_factory):
    """ns for each sleep(0) of 1,000 tasks with ten of them."""
    return ns_per(TASKS * SWITCHES, loop_factory, main())


serve(spawn_switch_join)
