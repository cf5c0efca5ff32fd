"""Separators of different length over chunks: nothing is missed where the buffer is shorter than the long one."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    for chunks in ([b'Z', b'Aaaa'], [b'long', b' s', b'ep rest'], [b'lon', b'gA'], [b'', b'A']):
        reader = asyncio.StreamReader()
        reader.feed_data(b'data')
        task = asyncio.create_task(reader.readuntil((b'A', b'long sep')))
        for chunk in chunks:
            loop.call_soon(reader.feed_data, chunk)
        log(await task)
        reader.feed_eof()
        log(await reader.read())
