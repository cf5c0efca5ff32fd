"""A tree of tasks: every level starts one iteration after its parent."""

import asyncio

from harness import log


async def node(name, depth):
    log(name, 'start')
    if depth == 0:
        return 1
    left = asyncio.create_task(node(name + 'l', depth - 1))
    right = asyncio.create_task(node(name + 'r', depth - 1))
    total = await left + await right
    log(name, total)
    return total


async def main():
    return await node('', 3)
