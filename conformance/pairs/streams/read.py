"""read(n) gives what there is, up to n, and waits only for the first byte; read() waits for the end of file."""

import asyncio

from harness import log, ticks


async def main():
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    reader.feed_data(b'abcdef')
    log(await reader.read(4), await reader.read(0), await reader.read(100))
    start = ticks()
    loop.call_soon(reader.feed_data, b'gh')
    log(await reader.read(10), ticks() - start)
    for n, data in enumerate([b'i', b'jk', b'l']):
        loop.call_later(5 + n, reader.feed_data, data)
    loop.call_later(20, reader.feed_eof)
    log(await reader.read())
    log(await reader.read(), await reader.read(5), reader.at_eof())
