"""A task's first step runs in the next iteration, its awaiter resumes in the one after."""

import asyncio

from harness import log, ticks


async def nop():
    log('child')


async def main():
    start = ticks()
    task = asyncio.create_task(nop())
    log('made')
    await task
    log('iterations', ticks() - start)
    start = ticks()
    await task
    log('done task', ticks() - start)
