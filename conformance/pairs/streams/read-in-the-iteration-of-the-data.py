"""In which iteration a waiting read goes on, for data, for the end of file, and for both at once."""

import asyncio

from harness import log


async def reading(reader, read):
    log(await read(), reader.at_eof())


async def main():
    loop = asyncio.get_running_loop()
    for read in ('read', 'read one', 'readline', 'readexactly'):
        for how in ('data', 'eof', 'both', 'two'):
            reader = asyncio.StreamReader()
            reads = {
                'read': reader.read, 'read one': lambda: reader.read(1),
                'readline': reader.readline, 'readexactly': lambda: reader.readexactly(0),
            }
            task = asyncio.create_task(reading(reader, reads[read]))
            await asyncio.sleep(1)
            log(read, how)
            if how != 'eof':
                reader.feed_data(b'a\n')
            if how == 'two':
                reader.feed_data(b'b\n')
            if how in ('eof', 'both'):
                reader.feed_eof()
            await asyncio.sleep(0)
            log('one iteration on', task.done())
            await asyncio.sleep(1)
            reader.feed_eof()
            await task
