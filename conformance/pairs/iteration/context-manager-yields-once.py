"""A context manager's generator that does not yield, or yields again, is a RuntimeError."""

import contextlib

from harness import log


@contextlib.asynccontextmanager
async def yields(n):
    for k in range(n):
        try:
            yield k
        except ValueError:
            log('inside')


async def main():
    for n, fails in ((0, False), (1, False), (2, False), (1, True), (2, True)):
        try:
            async with yields(n):
                log('body', n)
                if fails:
                    raise ValueError
            log('well', n)
        except Exception as error:
            log('caught', error)
