"""A StopAsyncIteration of the body is an error like any other for a context manager, and comes out as it is."""

import contextlib

from harness import log


@contextlib.asynccontextmanager
async def plain():
    yield


@contextlib.asynccontextmanager
async def wraps():
    try:
        yield
    except ValueError as error:
        raise RuntimeError from error


async def main():
    for manager, error in ((plain, StopAsyncIteration()), (wraps, ValueError()), (wraps, StopAsyncIteration())):
        try:
            async with manager():
                raise error
        except BaseException as caught:
            log(caught, caught is error)
