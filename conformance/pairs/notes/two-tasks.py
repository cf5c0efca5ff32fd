"""Two Task objects made at once, then awaited one after the other."""

import asyncio

from harness import log

# Two equal deadlines come out of CPython's heap in the order they went in.
EQUAL_DEADLINES = True


async def func():
    log(1)
    await asyncio.sleep(2000)
    log(2)
    return '返回值'


async def main():
    log('main 开始')
    task1 = asyncio.create_task(func())
    task2 = asyncio.create_task(func())
    log('main 结束')
    ret1 = await task1
    ret2 = await task2
    log(ret1, ret2)
