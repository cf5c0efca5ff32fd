"""Of several separators the one that ends first is found; one that begins earlier but ends later is not."""

import asyncio

from harness import log


async def main():
    for data, separators in (
        (b'some dataA more', (b'A', b'ome dataA')),
        (b'a\r\nb\n', (b'\n', b'\r\n')),
        (b'xABCy', (b'ABC', b'B')),
        (b'xABCy', (b'BC', b'ABC')),
        (b'one;two', (b',', b';', b'\n')),
    ):
        reader = asyncio.StreamReader()
        reader.feed_data(data)
        reader.feed_eof()
        log(await reader.readuntil(separators), await reader.read())
    reader = asyncio.StreamReader()
    for n, data in enumerate([b'ab', b'cd', b'e']):
        asyncio.get_running_loop().call_later(5 + n, reader.feed_data, data)
    log(await reader.readuntil((b'de', b'cde')))
    for separators in (b'', (), (b'a', b'')):
        try:
            await reader.readuntil(separators)
        except ValueError as error:
            log(error)
