"""readexactly waits for as many bytes as asked for; the end of file before that is an error with what there was."""

import asyncio

from harness import log


async def main():
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    reader.feed_data(b'abc')
    log(await reader.readexactly(2), await reader.readexactly(0))
    for n, data in enumerate([b'd', b'e', b'fgh']):
        loop.call_later(5 + n, reader.feed_data, data)
    log(await reader.readexactly(4))
    log(await reader.read(1))
    loop.call_later(10, reader.feed_eof)
    try:
        await reader.readexactly(5)
    except asyncio.IncompleteReadError as error:
        log(error, error.partial, error.expected)
    try:
        await reader.readexactly(1)
    except asyncio.IncompleteReadError as error:
        log(error, error.partial, error.expected)
    try:
        await reader.readexactly(-1)
    except ValueError as error:
        log(error)
