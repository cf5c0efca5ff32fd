"""Every kind of value comes back from a coroutine as it was returned."""

import asyncio

from harness import log


async def give(value):
    await asyncio.sleep(0)
    return value


async def nothing():
    await asyncio.sleep(0)


async def main():
    log(await give(1), await give('two'), await give([3, 'three', None]))
    log(await give(True), await give(None), await nothing())
    error = ValueError('not raised')
    log(await give(error) is error)
    return await give({'a': 1, 'b': [2.5, False]})
