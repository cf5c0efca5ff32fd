"""What a server does with a connection is a task of its own; its error is reported, and closes the connection."""

import asyncio

from harness import log, log_errors


class Transport(asyncio.Transport):
    def close(self):
        log('close')


async def main():
    log_errors()
    for fails in (False, True):
        async def connected(reader, writer):
            log('connected')
            log(await reader.readline())
            if fails:
                raise ValueError

        reader = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(reader, connected)
        protocol.connection_made(Transport())
        log('made')
        await asyncio.sleep(1)
        protocol.data_received(b'hello\n')
        log(protocol.eof_received())
        await asyncio.sleep(1)
