"""The loop runs `wait` over a list of tasks."""

import asyncio

from harness import log

# Two equal deadlines come out of CPython's heap in the order they went in.
EQUAL_DEADLINES = True


async def func1():
    log(1)
    await asyncio.sleep(2000)
    log(2)


async def func2():
    log(3)
    await asyncio.sleep(2000)
    log(4)


def main(loop):
    tasks = [asyncio.ensure_future(func1(), loop=loop), asyncio.ensure_future(func2(), loop=loop)]
    done, pending = loop.run_until_complete(asyncio.wait(tasks))
    log(len(done), len(pending))
