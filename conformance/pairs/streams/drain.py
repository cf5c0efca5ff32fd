"""drain waits only while writing is paused; all that wait go on in order, and a lost connection throws."""

import asyncio

from harness import log, ticks


class Transport(asyncio.Transport):
    def is_closing(self):
        return False


async def drain(writer, name):
    try:
        await writer.drain()
        log(name, 'drained')
    except BaseException as error:
        log(name, error)


async def main():
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    transport = Transport()
    protocol.connection_made(transport)
    writer = asyncio.StreamWriter(transport, protocol, reader, loop)
    start = ticks()
    await writer.drain()
    log('not paused', ticks() - start)
    protocol.pause_writing()
    tasks = [asyncio.create_task(drain(writer, name)) for name in 'abc']
    await asyncio.sleep(1)
    tasks[1].cancel()
    await asyncio.sleep(1)
    protocol.resume_writing()
    await asyncio.wait(tasks)
    protocol.pause_writing()
    task = asyncio.create_task(drain(writer, 'd'))
    await asyncio.sleep(1)
    protocol.connection_lost(None)
    await task
    await drain(writer, 'e')
    reader.set_exception(ValueError())
    await drain(writer, 'f')
