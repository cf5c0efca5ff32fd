"""`call_soon`, `call_later` and `call_at` capture a copy of the context at the call."""

import asyncio
import contextvars

from harness import log

name = contextvars.ContextVar('name', default='default')


async def main():
    loop = asyncio.get_running_loop()

    def callback(which):
        log(which, name.get())
        name.set('set in ' + which)

    name.set('soon')
    loop.call_soon(callback, 'call_soon')
    name.set('later')
    loop.call_later(5, callback, 'call_later')
    name.set('at')
    loop.call_at(6, callback, 'call_at')
    name.set('main')
    await asyncio.sleep(10)
    log('main', name.get())
