"""An exception that is set wakes who reads and is thrown by every read from then on, whatever is in the buffer."""

import asyncio

from harness import log


async def main():
    reader = asyncio.StreamReader()
    reading = asyncio.create_task(reader.readline())
    await asyncio.sleep(1)
    log(reader.exception())
    reader.feed_data(b'part')
    await asyncio.sleep(1)
    reader.set_exception(ValueError())
    try:
        await reading
    except ValueError as error:
        log('waiting', error)
    for read in (reader.read, reader.readline, lambda: reader.readexactly(1), reader.readuntil):
        try:
            log(await read())
        except ValueError as error:
            log(error, reader.exception())
