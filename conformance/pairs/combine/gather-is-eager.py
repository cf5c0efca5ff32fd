"""Children of a gather start in order in the next iteration, whether or not anybody awaits it."""

import asyncio

from harness import log


async def child(name):
    log(name, 'starts')
    await asyncio.sleep(0)
    log(name, 'ends')
    return name


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(log, 'before')
    gathered = asyncio.gather(child('a'), child('b'))
    loop.call_soon(log, 'after')
    log('made')
    await asyncio.sleep(0)
    log('main')
    await asyncio.sleep(5)
    log(gathered.done(), gathered.result())
