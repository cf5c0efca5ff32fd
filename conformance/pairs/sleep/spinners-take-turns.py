"""Tasks that spin on `sleep(0)` run in turns, one step per iteration."""

import asyncio

from harness import log


async def spinner(name, count):
    for n in range(count):
        log(name, n)
        await asyncio.sleep(0)
    return name


async def main():
    tasks = [asyncio.create_task(spinner(name, 3)) for name in 'abc']
    for task in tasks:
        log(await task, 'done')
