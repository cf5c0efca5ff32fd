"""The exception handler is called with what it is given; one that fails does not stop the loop."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()

    def handler(loop, context):
        log('handler', context['message'], context.get('exception'))
        if context['message'] == 'fail':
            raise TypeError('in handler')

    loop.set_exception_handler(handler)
    log(loop.get_exception_handler() is handler)
    loop.call_exception_handler({'message': 'plain'})
    loop.call_exception_handler({'message': 'error', 'exception': ValueError('x')})
    loop.call_exception_handler({'message': 'fail'})
    await asyncio.sleep(1)
    log('goes on')
    loop.set_exception_handler(None)
    log(loop.get_exception_handler() is None)
