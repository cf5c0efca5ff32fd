"""The transport is paused when more than twice the limit is buffered, and goes on when the limit is left."""

import asyncio

from harness import log


class Transport(asyncio.Transport):
    def pause_reading(self):
        log('pause')

    def resume_reading(self):
        log('resume')


async def main():
    reader = asyncio.StreamReader(limit=4)
    reader.set_transport(Transport())
    for data in (b'1234', b'5678', b'9', b'0'):
        log('feed', data)
        reader.feed_data(data)
    for n in (2, 2, 1, 1, 1, 3):
        log(await reader.read(n))
    reader.feed_data(b'0123456789')
    log(await reader.readexactly(10))
