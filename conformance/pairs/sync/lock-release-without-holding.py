"""Releasing a lock that nobody holds is a RuntimeError; a block that fails releases its lock."""

import asyncio

from harness import log


async def main():
    lock = asyncio.Lock()
    try:
        lock.release()
    except RuntimeError as error:
        log(error)
    try:
        async with lock:
            log(lock.locked())
            raise ValueError
    except ValueError as error:
        log(error, lock.locked())
    await lock.acquire()
    lock.release()
    try:
        lock.release()
    except RuntimeError as error:
        log(error, lock.locked())
