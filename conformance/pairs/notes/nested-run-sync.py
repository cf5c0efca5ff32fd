"""A program of generators driven to its end inside a step of a running loop."""

import asyncio
import types

from harness import log, nested_run

# Python refuses this, so the inner program runs in a thread here while the outer loop stands still.
TICKS = False


@types.coroutine
def func(name):
    for n in range(3):
        log(name, n)
        yield from asyncio.sleep(0)
    return name


async def call(name):
    return await func(name)


async def inner():
    tasks = [asyncio.create_task(call(name)) for name in 'ab']
    return [await task for task in tasks]


async def main():
    log('outer')
    log(nested_run(inner()))
    await asyncio.sleep(10)
    log('outer end')
