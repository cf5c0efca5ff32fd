"""A get whose time is over takes nothing: an item that comes later is there for the next one."""

import asyncio

from harness import log


async def main():
    queue = asyncio.Queue()
    for delay in (5, 20):
        asyncio.get_running_loop().call_later(10, queue.put_nowait, f'item {delay}')
        try:
            log(await asyncio.wait_for(queue.get(), delay))
        except TimeoutError as error:
            log(error)
            await asyncio.sleep(10)
        log(queue.qsize())
    await asyncio.sleep(11)
    log(queue.get_nowait())
