"""A stream that is iterated gives its lines, the last one too if it has no end, and stops at the end of file."""

import asyncio

from harness import log


async def main():
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    for n, data in enumerate([b'one\ntwo\nth', b'ree\n', b'four']):
        loop.call_later(5 + n, reader.feed_data, data)
    loop.call_later(10, reader.feed_eof)
    async for line in reader:
        log(line)
    log(reader.at_eof())
