"""Tasks that are given one context share it."""

import asyncio
import contextvars

from harness import log

name = contextvars.ContextVar('name', default='default')


async def child(which):
    log(which, 'sees', name.get())
    name.set(which)
    await asyncio.sleep(1 if which == 'first' else 2)
    log(which, 'sees', name.get())
    return asyncio.current_task().get_context()


async def main():
    shared = contextvars.copy_context()
    shared.run(name.set, 'shared')
    first = asyncio.create_task(child('first'), context=shared)
    second = asyncio.create_task(child('second'), context=shared)
    log((await first) is shared, (await second) is shared)
    log('main', name.get(), shared.get(name))
