"""Of the errors of a group some are handled; those that are left go on as a group."""

import asyncio

from harness import log


async def bad(delay, error):
    await asyncio.sleep(delay)
    raise error


async def stubborn(error):
    try:
        await asyncio.sleep(100)
    finally:
        raise error


async def main():
    for second in (TypeError(), ValueError()):
        try:
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(stubborn(second))
                    group.create_task(bad(5, ValueError()))
            except* ValueError as errors:
                log('handled', errors)
            log('all handled')
        except BaseException as error:
            log('left', error)
