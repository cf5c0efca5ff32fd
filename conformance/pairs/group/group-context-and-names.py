"""A child of a group has the name and the context that it is given, else a copy of its maker's."""

import asyncio

from harness import log


import contextvars

var = contextvars.ContextVar('var', default='default')


async def child():
    log(asyncio.current_task().get_name(), var.get())
    var.set('changed')


async def main():
    context = contextvars.copy_context()
    context.run(var.set, 'given')
    var.set('main')
    async with asyncio.TaskGroup() as group:
        group.create_task(child(), name='copy')
        group.create_task(child(), name='given', context=context)
        group.create_task(child(), name='given again', context=context)
    log(var.get(), context[var])
