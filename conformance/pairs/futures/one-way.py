"""A future is set once; every later change is refused."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    done, failed, cancelled = loop.create_future(), loop.create_future(), loop.create_future()
    log(done.done(), done.cancelled())
    done.set_result(1)
    failed.set_exception(ValueError('x'))
    log(cancelled.cancel())
    for future in (done, failed, cancelled):
        for change in (lambda: future.set_result(2), lambda: future.set_exception(TypeError('y'))):
            try:
                change()
            except Exception as error:
                log('refused', error)
        log('cancel', future.cancel(), future.done(), future.cancelled())
    log(done.result(), done.exception(), failed.exception())
