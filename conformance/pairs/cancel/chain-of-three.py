"""Cancelling a task cancels the task it awaits, and so on down; the errors come back up."""

import asyncio

from harness import log


async def leaf():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError as error:
        log('leaf', error)
        raise
    finally:
        log('leaf finally')


async def middle(task):
    try:
        await task
    except asyncio.CancelledError as error:
        log('middle', error, asyncio.current_task().cancelling(), task.cancelled())
        raise


async def top(task):
    try:
        await task
    finally:
        log('top finally', task.cancelled())


async def main():
    first = asyncio.create_task(leaf())
    second = asyncio.create_task(middle(first))
    third = asyncio.create_task(top(second))
    await asyncio.sleep(5)
    log(third.cancel(), third.cancelling(), second.cancelling(), first.cancelling())
    try:
        await third
    except asyncio.CancelledError as error:
        log('main', error)
    log(first.cancelled(), second.cancelled(), third.cancelled())
