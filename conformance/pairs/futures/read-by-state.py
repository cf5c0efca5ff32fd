"""What `result()` and `exception()` give in each of the four states."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    futures = {name: loop.create_future() for name in ('pending', 'done', 'failed', 'cancelled')}
    futures['done'].set_result('value')
    futures['failed'].set_exception(ValueError('x'))
    futures['cancelled'].cancel()
    for name, future in futures.items():
        for method in ('result', 'exception'):
            try:
                log(name, method, getattr(future, method)())
            except BaseException as error:
                log(name, method, 'raises', error)
