"""A generator may wait in its clean-up for a task that it made, and catch that one's error."""

import asyncio

from harness import log


async def target():
    await asyncio.sleep(10)
    raise ValueError


async def lines():
    task = asyncio.create_task(target())
    try:
        yield 1
    finally:
        try:
            await task
        except ValueError as error:
            log('caught', error)


async def main():
    agen = lines()
    log(await anext(agen))
    await agen.aclose()
    log('closed')
