"""readline gives a line with its end, however it was cut when it came; at the end of file what is left."""

import asyncio

from harness import log, ticks


async def main():
    reader = asyncio.StreamReader()
    start = ticks()
    reader.feed_data(b'one\ntw')
    log(await reader.readline(), ticks() - start)
    loop = asyncio.get_running_loop()
    loop.call_later(5, reader.feed_data, b'o')
    loop.call_later(6, reader.feed_data, b'\nthree\n\nfo')
    for _ in range(3):
        log(await reader.readline())
    loop.call_later(7, reader.feed_data, b'ur')
    loop.call_later(8, reader.feed_eof)
    log(reader.at_eof(), await reader.readline())
    log(reader.at_eof(), await reader.readline())
