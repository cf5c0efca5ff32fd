"""Interleaved tasks keep their own values across every suspension."""

import asyncio
import contextvars

from harness import log

name = contextvars.ContextVar('name')


async def helper():
    await asyncio.sleep(0)
    return name.get()


async def worker(n):
    name.set(n)
    for round in range(3):
        await asyncio.sleep(n + 0.5 if round == 1 else 0)
        log('worker', n, name.get(), await helper())
        name.set(name.get() + 10)


async def main():
    tasks = [asyncio.create_task(worker(n)) for n in range(3)]
    for task in tasks:
        await task
    log('main', name.get('nothing'))
