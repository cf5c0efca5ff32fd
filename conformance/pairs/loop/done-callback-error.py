"""An error in a done callback is reported; the other callbacks and the waiter still run."""

import asyncio

from harness import log, log_errors


async def main():
    log_errors()
    future = asyncio.get_running_loop().create_future()

    def bad(future):
        raise ValueError('bad')

    future.add_done_callback(lambda future: log('before'))
    future.add_done_callback(bad)
    future.add_done_callback(lambda future: log('after'))
    future.get_loop().call_later(1, future.set_result, 'value')
    log(await future)
