"""An exception passes through nested coroutines and may change its type on the way."""

import asyncio

from harness import log, message


class Boom(Exception):
    pass


async def leaf():
    await asyncio.sleep(1)
    raise Boom('leaf')


async def middle():
    try:
        await leaf()
    except Boom as error:
        log('middle', error, message(error))
        raise ValueError('middle') from error


async def top():
    try:
        await middle()
    finally:
        log('top finally')


async def main():
    try:
        await top()
    except Exception as error:
        log('main', error, message(error), 'from', error.__cause__, message(error.__cause__))
    await leaf()
