"""Awaiting a coroutine runs it in the same task and costs no iteration."""

import asyncio

from harness import log


async def leaf():
    log('leaf in', asyncio.current_task().get_name())
    return 'leaf'


async def branch():
    log('branch in', asyncio.current_task().get_name())
    value = await leaf()
    log('branch after leaf')
    return 'branch of ' + value


async def main():
    asyncio.current_task().set_name('root')
    asyncio.get_running_loop().call_soon(log, 'next iteration')
    log(await branch())
    log(await branch())
