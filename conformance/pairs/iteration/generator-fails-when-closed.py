"""What a generator throws while run closes it is told to the exception handler; run gives main's result."""

import asyncio

from harness import log, log_errors


agens = []


async def bad(error):
    try:
        yield 1
    finally:
        await asyncio.sleep(1)
        log('throws', error)
        raise error


async def main():
    log_errors()
    agens.append(bad(ValueError()))
    log(await anext(agens[0]))
    return 'result'
