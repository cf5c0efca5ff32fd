"""Every exit of a stack that fails is run; the last to fail is the error that comes out."""

import asyncio
import contextlib

from harness import log


async def fail(error):
    await asyncio.sleep(1)
    log('throws', error)
    raise error


async def main():
    errors = [TypeError(), RuntimeError(), KeyError()]

    async def told(kind, error, traceback):
        log('told', error)

    for body in (None, ValueError()):
        try:
            async with contextlib.AsyncExitStack() as stack:
                stack.push_async_exit(told)
                for error in errors[:2]:
                    async def leave(kind, seen, traceback, error=error):
                        await fail(error)

                    stack.push_async_exit(leave)
                stack.push_async_exit(told)
                if body:
                    raise body
        except Exception as error:
            log('caught', error)
