"""The reason goes down to the awaited task and comes back up."""

import asyncio

from harness import log, reason


async def leaf():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError as error:
        log('leaf', reason(error))
        raise


async def top(task):
    try:
        await task
    except asyncio.CancelledError as error:
        log('top', reason(error))
        raise


async def main():
    first = asyncio.create_task(leaf())
    second = asyncio.create_task(top(first))
    await asyncio.sleep(1)
    second.cancel('from above')
    try:
        await second
    except asyncio.CancelledError as error:
        log('main', reason(error))
