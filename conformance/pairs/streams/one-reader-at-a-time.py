"""A second read while one waits is a RuntimeError, and does the first one no harm."""

import asyncio

from harness import log


async def main():
    reader = asyncio.StreamReader()
    first = asyncio.create_task(reader.readline())
    await asyncio.sleep(1)
    for read in (reader.read, reader.readline, lambda: reader.readexactly(1)):
        try:
            await read()
        except RuntimeError as error:
            log(error)
    reader.feed_data(b'line\n')
    log(await first)
