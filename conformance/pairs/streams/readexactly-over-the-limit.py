"""readexactly may read more than twice the limit: it lets the transport go on by itself."""

import asyncio

from harness import log


class Transport(asyncio.Transport):
    def pause_reading(self):
        log('pause')

    def resume_reading(self):
        log('resume')


async def main():
    reader = asyncio.StreamReader(limit=2)
    reader.set_transport(Transport())
    loop = asyncio.get_running_loop()
    for n, data in enumerate([b'12345', b'678', b'90ab', b'cdefgh']):
        loop.call_later(5 + n, reader.feed_data, data)
    log(await reader.readexactly(12))
    await asyncio.sleep(5)
    log(await reader.read(1))
    log(await reader.readexactly(5))
