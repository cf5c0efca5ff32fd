"""wait of nothing, of a coroutine, or until something unknown is an error, thrown when it is awaited."""

import asyncio

from harness import log


async def nop():
    pass


async def attempt(name, waiting):
    try:
        await waiting
    except Exception as error:
        log(name, error)


async def main():
    task = asyncio.create_task(nop())
    await attempt('nothing', asyncio.wait([]))
    await attempt('coroutine', asyncio.wait([task, nop()]))
    await attempt('unknown', asyncio.wait([task], return_when='SOMETIME'))
    await attempt('future itself', asyncio.wait(task))
