"""A line over the limit is a ValueError; with its end in the buffer it is dropped, without all of the buffer is."""

import asyncio

from harness import log


async def main():
    reader = asyncio.StreamReader(limit=4)
    reader.feed_data(b'too long\nok\n')
    for _ in range(2):
        try:
            log(await reader.readline())
        except ValueError as error:
            log(error)
    reader.feed_data(b'no end of it')
    try:
        await reader.readline()
    except ValueError as error:
        log(error)
    reader.feed_data(b'ab\n')
    log(await reader.readline())
    exact = asyncio.StreamReader(limit=3)
    exact.feed_data(b'abc\nabcd\n')
    for _ in range(2):
        try:
            log(await exact.readline())
        except ValueError as error:
            log(error)
