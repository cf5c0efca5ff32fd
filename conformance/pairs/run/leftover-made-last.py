"""A task made in main's last step still gets its first step before it is cancelled."""

import asyncio

from harness import log


async def leftover():
    log('starts')
    try:
        await asyncio.sleep(10)
    finally:
        log('finally')


async def main():
    task = asyncio.create_task(leftover())
    task.add_done_callback(lambda task: log('done', task.cancelled()))
    return 'value'
