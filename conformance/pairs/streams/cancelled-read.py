"""A read that is cancelled or runs out of time takes nothing out of the buffer."""

import asyncio

from harness import log


async def main():
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    loop.call_later(1, reader.feed_data, b'abc')
    reading = asyncio.create_task(reader.readexactly(5))
    await asyncio.sleep(2)
    reading.cancel()
    await asyncio.wait([reading])
    log(reading.cancelled())
    try:
        async with asyncio.timeout(5):
            await reader.readline()
    except TimeoutError as error:
        log(error)
    reader.feed_data(b'd\n')
    reading = asyncio.create_task(reader.readexactly(7))
    await asyncio.sleep(0)
    reader.feed_data(b'ef')
    log(reading.cancel())
    await asyncio.wait([reading])
    log(await reader.readline(), await reader.read(5))
