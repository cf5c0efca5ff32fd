"""A cancelled sleep leaves no timer behind: time goes on to the next real deadline."""

import asyncio

from harness import log


async def sleeper():
    try:
        await asyncio.sleep(1000)
    finally:
        log('finally')


async def main():
    task = asyncio.create_task(sleeper())
    await asyncio.sleep(5)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError as error:
        log('caught', error)
    await asyncio.sleep(5)
    log('end')
