"""wait_closed waits until the connection is lost and throws what it was lost by; drain gives way once while closing."""

import asyncio

from harness import log, ticks


class Transport(asyncio.Transport):
    closing = False

    def is_closing(self):
        return self.closing

    def close(self):
        self.closing = True


async def main():
    loop = asyncio.get_running_loop()
    for error in (None, ValueError()):
        reader = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(reader)
        transport = Transport()
        protocol.connection_made(transport)
        writer = asyncio.StreamWriter(transport, protocol, reader, loop)
        log(writer.is_closing())
        writer.close()
        start = ticks()
        await writer.drain()
        log('closing', writer.is_closing(), ticks() - start)
        loop.call_later(5, protocol.connection_lost, error)
        try:
            await writer.wait_closed()
            log('closed')
        except ValueError as caught:
            log('closed by', caught, reader.exception())
        log(reader.at_eof())
