"""A task cancelled before its first step never runs its body, not even a finally block."""

import asyncio

from harness import log


async def child():
    try:
        log('body')
    finally:
        log('finally')


async def main():
    task = asyncio.create_task(child())
    log(task.cancel(), task.cancelling(), task.cancelled())
    try:
        await task
    except asyncio.CancelledError as error:
        log('caught', error)
    log(task.done(), task.cancelled(), task.cancel())
