"""At the end of file without a separator readuntil throws what there was, and takes it out of the buffer."""

import asyncio

from harness import log


async def main():
    reader = asyncio.StreamReader()
    reader.feed_data(b'rest')
    asyncio.get_running_loop().call_later(5, reader.feed_eof)
    for _ in range(2):
        try:
            await reader.readuntil()
        except asyncio.IncompleteReadError as error:
            log(error, error.partial, error.expected)
    log(reader.at_eof(), await reader.read(), await reader.readline())
