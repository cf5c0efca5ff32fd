"""What a child of gather or of a group sets in a context variable is not seen outside; what was set before is."""

import asyncio

from harness import log


import contextvars

var = contextvars.ContextVar('var', default='default')


async def child(name):
    log(name, var.get())
    var.set(name)
    await asyncio.sleep(0)
    log(name, var.get())


async def main():
    var.set('main')
    await asyncio.gather(child('a'), child('b'))
    log(var.get())
    async with asyncio.TaskGroup() as group:
        group.create_task(child('c'))
        var.set('body')
        group.create_task(child('d'))
    log(var.get())
    await asyncio.wait_for(child('inline'), 10)
    log(var.get())
    await asyncio.shield(child('shielded'))
    log(var.get())
