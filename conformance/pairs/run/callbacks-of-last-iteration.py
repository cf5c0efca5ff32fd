"""What main's last step adds to the loop still runs in the iteration that ends the run."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    await asyncio.sleep(1)
    loop.call_soon(log, 'soon')
    loop.call_soon(loop.call_soon, log, 'one more')
    loop.call_later(5, log, 'not reached')
    asyncio.current_task().add_done_callback(lambda task: log('main is done', task.result()))
    return 'value'
