"""An error of a task that nobody looks at is reported to the exception handler; one that is looked at is not."""

import asyncio

from harness import log, log_errors

# CPython reports when the task is collected, at its last reference, Hocket at the latest when the loop is closed.
TICKS = False


async def bad(error):
    raise error


async def main():
    log_errors()
    seen = asyncio.create_task(bad(TypeError()))
    await asyncio.sleep(1)
    log(seen.exception())
    lost = asyncio.create_task(bad(ValueError()))
    await asyncio.sleep(1)
    log('end', lost.done())
