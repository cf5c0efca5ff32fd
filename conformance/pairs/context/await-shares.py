"""An awaited coroutine shares the context of its caller."""

import asyncio
import contextvars

from harness import log

name = contextvars.ContextVar('name', default='default')


async def inner():
    await asyncio.sleep(1)
    log('inner', name.get())
    name.set('inner')


async def outer():
    name.set('outer')
    await inner()
    log('outer', name.get())
    await asyncio.sleep(1)


async def main():
    await outer()
    log('main', name.get())
