"""Tasks left when main ends are cancelled in the order in which they were made, and waited for together."""

import asyncio

from harness import log


async def leftover(name, clean_up):
    try:
        await asyncio.sleep(1000 + clean_up)
    finally:
        log(name, 'cancelled')
        await asyncio.sleep(clean_up)
        log(name, 'ends')


async def late():
    log('never')


async def main():
    for name, clean_up in (('a', 3), ('b', 1), ('c', 2)):
        asyncio.create_task(leftover(name, clean_up))
    await asyncio.sleep(5)
    asyncio.create_task(late())
    return 'result'
