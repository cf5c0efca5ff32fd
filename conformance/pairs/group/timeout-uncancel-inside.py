"""A body that takes back its timeout's cancel by hand: no TimeoutError, and what is counted."""

import asyncio

from harness import log


async def main():
    task = asyncio.current_task()
    try:
        async with asyncio.timeout(10) as scope:
            try:
                await asyncio.sleep(100)
            except asyncio.CancelledError:
                log('uncancel', task.uncancel())
                raise
    except BaseException as error:
        log(error, scope.expired(), task.cancelling())
    try:
        async with asyncio.timeout(10) as scope:
            try:
                await asyncio.sleep(100)
            except asyncio.CancelledError:
                task.uncancel()
            await asyncio.sleep(1)
        log('no error', scope.expired(), task.cancelling())
    except BaseException as error:
        log(error, scope.expired(), task.cancelling())
