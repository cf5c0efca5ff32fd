"""A task has the name it was given or a default one, and the name can be set."""

import asyncio

from harness import log


async def child():
    log('running as', asyncio.current_task().get_name())


async def main():
    named = asyncio.create_task(child(), name='named')
    plain = asyncio.create_task(child())
    log(named.get_name(), plain.get_name().startswith('Task-'))
    plain.set_name('renamed')
    await named
    await plain
    named.set_name('after its end')
    log(named.get_name())
