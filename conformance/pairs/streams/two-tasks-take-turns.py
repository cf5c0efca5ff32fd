"""Two tasks that read one stream by a lock get whole lines each, whatever the chunks."""

import asyncio

from harness import log


async def worker(reader, lock, name):
    while True:
        async with lock:
            line = await reader.readline()
        if not line:
            return
        log(name, line)
        await asyncio.sleep(0)


async def main():
    reader, lock = asyncio.StreamReader(), asyncio.Lock()
    loop = asyncio.get_running_loop()
    for n, data in enumerate([b'on', b'e\ntwo\nthr', b'ee', b'\nfour\nfive\n']):
        loop.call_later(5 + n, reader.feed_data, data)
    loop.call_later(20, reader.feed_eof)
    await asyncio.gather(worker(reader, lock, 'a'), worker(reader, lock, 'b'))
