"""A StopAsyncIteration thrown inside an async generator is a RuntimeError outside: it does not end the loop."""

from harness import log


async def bad():
    yield 1
    raise StopAsyncIteration


async def main():
    try:
        async for k in bad():
            log(k)
    except RuntimeError as error:
        log(error, error.__cause__)
