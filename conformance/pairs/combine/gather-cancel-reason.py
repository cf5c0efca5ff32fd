"""The reason given to the task that awaits a gather goes to the children and comes back with the error."""

import asyncio

from harness import log, reason


async def child(name):
    try:
        await asyncio.sleep(100 + len(name))
    except asyncio.CancelledError as error:
        log(name, reason(error))
        raise


async def parent():
    try:
        await asyncio.gather(child('a'), asyncio.gather(child('bb'), child('ccc')))
    except asyncio.CancelledError as error:
        log('parent', reason(error))
        raise


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(10)
    task.cancel('enough')
    try:
        await task
    except asyncio.CancelledError as error:
        log('main', reason(error), task.cancelling())
