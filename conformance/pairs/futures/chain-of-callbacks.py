"""Futures that set each other in callbacks take one iteration a link."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    futures = [loop.create_future() for _ in range(5)]

    def link(source, target):
        source.add_done_callback(lambda done: target.set_result(done.result() + 1))

    for n in range(4):
        link(futures[n], futures[n + 1])
        futures[n].add_done_callback(lambda done: log('done', done.result()))
    loop.call_later(3, futures[0].set_result, 0)
    log(await futures[4])
    log(all(future.done() for future in futures))
