"""Generators that are open when run ends are closed by it, in tasks of their own, after the tasks that were left."""

import asyncio

from harness import log


agens = []


async def ticker(name, delay):
    try:
        while True:
            await asyncio.sleep(1)
            yield name
    finally:
        log(name, 'closing')
        await asyncio.sleep(delay)
        log(name, 'closed')


async def leftover():
    try:
        await asyncio.sleep(1000)
    finally:
        await asyncio.sleep(2)
        log('task ends')


async def main():
    asyncio.create_task(leftover())
    for name, delay in (('a', 30), ('b', 10), ('c', 20)):
        agens.append(ticker(name, delay))
        log(await anext(agens[-1]))
    agens.append(ticker('never begun', 5))
    return 'result'
