"""readuntil finds a separator that came in pieces, and leaves what is behind it."""

import asyncio

from harness import log


async def main():
    reader = asyncio.StreamReader()
    for chunks in (
        [b'QWEaa', b'XYaa', b'a'], [b'QWEaa', b'XYa', b'aa'], [b'aaa'], [b'Xaaa'],
        [b'XXX', b'a', b'a', b'a'], [b'a', b'abaaa'],
    ):
        for chunk in chunks:
            reader.feed_data(chunk)
        log(await reader.readuntil(b'aaa'))
    reader.feed_data(b'xaaaarest')
    log(await reader.readuntil(b'aaa'))
    reader.feed_eof()
    log(await reader.read())
