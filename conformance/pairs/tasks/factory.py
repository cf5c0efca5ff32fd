"""The loop's task factory makes every task, and None brings the own ones back."""

import asyncio

from harness import log


async def child(name):
    log('child', name, asyncio.current_task().get_name())


async def main():
    loop = asyncio.get_running_loop()
    log(loop.get_task_factory() is None)

    def factory(loop, coro, **options):
        log('factory')
        return asyncio.Task(coro, loop=loop, **options)

    loop.set_task_factory(factory)
    log(loop.get_task_factory() is factory)
    await asyncio.create_task(child('one'), name='first')
    await loop.create_task(child('two'), name='second')
    loop.set_task_factory(None)
    await asyncio.create_task(child('three'), name='own')
