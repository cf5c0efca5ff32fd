"""A callback registered inside `Context.run` belongs to that context."""

import asyncio
import contextvars

from harness import log

name = contextvars.ContextVar('name', default='default')


async def main():
    loop = asyncio.get_running_loop()
    context = contextvars.copy_context()
    context.run(name.set, 'context')

    def callback():
        log(name.get())
        name.set('callback')

    context.run(loop.call_soon, callback)
    task = context.run(asyncio.create_task, child())
    await task
    log('main', name.get(), context.get(name))


async def child():
    log('child', name.get())
    name.set('child')
