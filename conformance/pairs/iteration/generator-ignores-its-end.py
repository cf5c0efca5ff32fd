"""A generator that yields while it is closed gets a RuntimeError out of whoever closes it."""

import asyncio

from harness import log


async def greedy():
    try:
        yield 1
    finally:
        await asyncio.sleep(1)
        log('one more')
        yield 2


async def main():
    agen = greedy()
    log(await anext(agen))
    try:
        await agen.aclose()
    except RuntimeError as error:
        log(error)
