"""An error of a shielded task after the caller was cancelled goes to nobody who awaits."""

import asyncio

from harness import log


async def inner():
    await asyncio.sleep(20)
    log('raises')
    raise ValueError


async def main():
    task = asyncio.create_task(inner())
    shielded = asyncio.shield(task)
    await asyncio.sleep(5)
    log(shielded.cancel(), shielded.cancelled(), task.done())
    await asyncio.wait([task])
    log(task.exception())
    log(shielded.cancelled())
