"""A bounded semaphore refuses to go over its first value, a plain one does not; below zero neither begins."""

import asyncio

from harness import log


async def main():
    bounded = asyncio.BoundedSemaphore(1)
    try:
        bounded.release()
    except ValueError as error:
        log(error)
    await bounded.acquire()
    bounded.release()
    plain = asyncio.Semaphore(1)
    plain.release()
    await plain.acquire()
    await plain.acquire()
    log(plain.locked(), bounded.locked())
    for kind in (asyncio.Semaphore, asyncio.BoundedSemaphore):
        try:
            kind(-1)
        except ValueError as error:
            log(error)
