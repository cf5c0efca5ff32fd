"""Awaiting a future that is done costs no iteration, with a result or an error."""

import asyncio

from harness import log, ticks


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(log, 'next iteration')
    good, bad, gone = loop.create_future(), loop.create_future(), loop.create_future()
    good.set_result('good')
    bad.set_exception(ValueError('bad'))
    gone.cancel()
    start = ticks()
    log(await good, await good)
    for future in (bad, gone):
        try:
            await future
        except BaseException as error:
            log(error)
    log('iterations', ticks() - start)
