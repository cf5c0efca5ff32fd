"""To ask an async generator for two values at once is a RuntimeError for the second, and no harm to the first."""

import asyncio

from harness import log


async def slow():
    for n in range(2):
        await asyncio.sleep(5)
        yield n


async def main():
    agen = slow()

    async def ask():
        return await anext(agen)

    first = asyncio.create_task(ask())
    await asyncio.sleep(1)
    for attempt in (ask, agen.aclose):
        try:
            await attempt()
        except RuntimeError as error:
            log(error)
    log(await first)
    log(await anext(agen))
