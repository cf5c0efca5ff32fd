"""A generator that waits with `yield from` is a coroutine like any other."""

import asyncio
import types

from harness import log


@types.coroutine
def legacy(name, delay):
    log(name, 'start')
    yield from asyncio.sleep(delay)
    log(name, 'end')
    return name


@types.coroutine
def caller():
    first = yield from legacy('inner', 2)
    second = yield from legacy('again', 0)
    return first + ' ' + second


async def main():
    log(await caller())
    task = asyncio.create_task(wrap(legacy('task', 3)))
    log('handed over')
    log(await task)


async def wrap(generator):
    return await generator
