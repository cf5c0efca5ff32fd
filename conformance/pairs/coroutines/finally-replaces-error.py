"""An error raised in a finally block takes the place of the one on its way."""

import asyncio

from harness import log, message


async def child():
    try:
        await asyncio.sleep(1)
        raise ValueError('first')
    finally:
        await asyncio.sleep(1)
        raise TypeError('second')


async def main():
    try:
        await child()
    except Exception as error:
        log(error, message(error))
