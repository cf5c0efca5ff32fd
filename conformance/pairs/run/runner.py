"""The runs of one Runner share a loop and a context; a task left by one goes on in the next."""

import asyncio
import contextvars

from harness import log, virtual_loop

name = contextvars.ContextVar('name', default='default')


async def background():
    for n in range(3):
        await asyncio.sleep(10)
        log('background', n)


async def first():
    log('first', name.get())
    name.set('set by first')
    asyncio.create_task(background())
    await asyncio.sleep(15)
    return asyncio.get_running_loop()


async def second():
    log('second', name.get())
    await asyncio.sleep(10)
    return asyncio.get_running_loop()


async def failing():
    raise ValueError('third')


def main(loop):
    with asyncio.Runner(loop_factory=virtual_loop) as runner:
        one = runner.run(first())
        two = runner.run(second())
        log(one is two, one is runner.get_loop(), one.is_running())
        try:
            runner.run(failing())
        except ValueError as error:
            log(error)
    log(one.is_closed(), name.get())
