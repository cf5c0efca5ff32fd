"""`remove_done_callback` takes every equal entry out and says how many."""

import asyncio

from harness import log


async def main():
    future = asyncio.get_running_loop().create_future()

    def first(future):
        log('first')

    def second(future):
        log('second')

    future.add_done_callback(first)
    future.add_done_callback(second)
    future.add_done_callback(first)
    future.add_done_callback(second)
    log(future.remove_done_callback(first))
    log(future.remove_done_callback(first))
    future.add_done_callback(first)
    future.set_result(None)
    log(future.remove_done_callback(first))
    await asyncio.sleep(0)
