"""The coroutines of Python 3.4: generators that switch at `yield from asyncio.sleep(2)`."""

import asyncio
import types

from harness import log

# Two equal deadlines come out of CPython's heap in the order they went in.
EQUAL_DEADLINES = True


@types.coroutine
def func1():
    log(1)
    yield from asyncio.sleep(2000)
    log(2)


@types.coroutine
def func2():
    log(3)
    yield from asyncio.sleep(2000)
    log(4)


async def call(func):
    await func()


async def main():
    tasks = [asyncio.ensure_future(call(func1)), asyncio.ensure_future(call(func2))]
    for task in tasks:
        await task
