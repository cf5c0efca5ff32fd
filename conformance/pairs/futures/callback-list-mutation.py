"""Callbacks that add and remove callbacks while they run."""

import asyncio

from harness import log


async def main():
    future = asyncio.get_running_loop().create_future()

    def third(future):
        log('third')

    def first(future):
        log('first removes', future.remove_done_callback(third))
        future.add_done_callback(lambda future: log('added by first'))

    def second(future):
        log('second')

    for callback in (first, second, third):
        future.add_done_callback(callback)
    future.set_result(None)
    await asyncio.sleep(0)
    log('one iteration later')
    await asyncio.sleep(0)
    log('end')
