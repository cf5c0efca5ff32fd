"""What is over the limit stays in the buffer, and the error says how much can be consumed."""

import asyncio

from harness import log


async def main():
    for data, separators in (
        (b'some dataA', (b'A', b'ome dataA')),
        (b'some dataA', (b'ome dataA', b'A')),
        (b'some data', b'A'),
        (b'some dataA', b'AB'),
        (b'abcA', b'A'),
        (b'abcdA', b'A'),
    ):
        reader = asyncio.StreamReader(limit=3)
        reader.feed_data(data)
        try:
            log(await reader.readuntil(separators))
        except asyncio.LimitOverrunError as error:
            log(error, error.consumed)
        reader.feed_eof()
        log(await reader.read())
