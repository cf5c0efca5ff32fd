"""A list of tasks awaited together with `wait`: the finished and the pending."""

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
    task_list = [asyncio.create_task(func()), asyncio.create_task(func())]
    log('main 结束')
    done, pending = await asyncio.wait(task_list)
    log([task.result() for task in done], len(pending))
