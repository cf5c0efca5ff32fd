"""What cannot be done at once by putNowait and getNowait is an error, and changes nothing."""

import asyncio

from harness import log


async def main():
    queue = asyncio.Queue(1)
    try:
        queue.get_nowait()
    except asyncio.QueueEmpty as error:
        log(error)
    queue.put_nowait('a')
    try:
        queue.put_nowait('b')
    except asyncio.QueueFull as error:
        log(error)
    log(queue.qsize(), queue.get_nowait())
    endless = asyncio.Queue()
    for n in range(1000):
        endless.put_nowait(n)
    log(endless.full(), endless.qsize())
