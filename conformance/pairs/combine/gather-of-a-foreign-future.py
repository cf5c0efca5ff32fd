"""A gather over futures: results, errors and cancellations that are set from outside, one by one."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    for last in ('result', 'error', 'cancel'):
        futures = [loop.create_future() for _ in range(3)]
        gathered = asyncio.gather(*futures)
        gathered.add_done_callback(lambda _: log('gathered', gathered.cancelled()))
        futures[2].set_result('c')
        futures[0].set_result('a')
        await asyncio.sleep(1)
        if last == 'result':
            futures[1].set_result('b')
        elif last == 'error':
            futures[1].set_exception(ValueError())
        else:
            futures[1].cancel()
        log(last, gathered.done())
        await asyncio.sleep(0)
        log(gathered.done())
        try:
            log(await gathered)
        except BaseException as error:
            log(error)
