"""Done callbacks run in the next iteration in the order they were added; a late one too."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    for n in range(3):
        future.add_done_callback(lambda future, n=n: log('callback', n, future.result()))
    loop.call_soon(log, 'soon before')
    future.set_result('value')
    loop.call_soon(log, 'soon after')
    log('set, nothing ran')
    future.add_done_callback(lambda future: log('late'))
    log('late added, nothing ran')
    await asyncio.sleep(0)
    log('end')
