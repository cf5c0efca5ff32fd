"""An exception that is set when the reader has been cancelled waits for the next read."""

import asyncio

from harness import log


async def main():
    reader = asyncio.StreamReader()
    for turns in (0, 1):
        task = asyncio.create_task(reader.readline())
        await asyncio.sleep(1)
        task.cancel()
        for _ in range(turns):
            await asyncio.sleep(0)
        if turns:
            reader.set_exception(ValueError())
        else:
            reader.feed_data(b'part')
        await asyncio.wait([task])
        log(task.cancelled(), reader.at_eof())
    try:
        await reader.read(1)
    except ValueError as error:
        log(error)
