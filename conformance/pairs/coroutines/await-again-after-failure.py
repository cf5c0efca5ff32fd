"""A coroutine that failed is used up too."""

from harness import log


async def child():
    raise ValueError('first')


async def main():
    coro = child()
    for _ in range(2):
        try:
            await coro
        except Exception as error:
            log('caught', error)
