"""A done callback runs in the context of its registration, or in the one given."""

import asyncio
import contextvars

from harness import log

name = contextvars.ContextVar('name', default='default')


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    given = contextvars.copy_context()
    given.run(name.set, 'given')
    name.set('first')
    future.add_done_callback(lambda future: log('first', name.get()))
    name.set('second')
    future.add_done_callback(lambda future: log('second', name.get()))
    future.add_done_callback(lambda future: name.set('changed'), context=given)
    future.add_done_callback(lambda future: log('given', name.get()), context=given)
    name.set('setter')
    future.set_result(None)
    await asyncio.sleep(0)
    log('main', name.get(), given.get(name))
    name.set('late')
    future.add_done_callback(lambda future: log('late', name.get()))
    await asyncio.sleep(0)
