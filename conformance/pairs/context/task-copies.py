"""A task works on a copy of the context: what it sets is not seen outside."""

import asyncio
import contextvars

from harness import log

name = contextvars.ContextVar('name', default='default')


async def child():
    log('child', name.get())
    name.set('child')
    await asyncio.sleep(1)
    log('child', name.get())


async def main():
    name.set('main')
    task = asyncio.create_task(child())
    name.set('main later')
    await task
    log('main', name.get())
