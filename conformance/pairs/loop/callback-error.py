"""An error in a callback goes to the exception handler; everything else goes on."""

import asyncio

from harness import log, log_errors


async def main():
    log_errors()
    loop = asyncio.get_running_loop()

    def bad(error):
        log('bad')
        raise error

    loop.call_soon(bad, ValueError('soon'))
    loop.call_soon(log, 'after bad')
    loop.call_later(5, bad, TypeError('later'))
    await asyncio.sleep(10)
    log('end')
