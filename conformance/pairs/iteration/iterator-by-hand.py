"""anext asks an object of one's own, with an await in its next, and gives its default at the end alone."""

import asyncio

from harness import log


class Reader:
    def __init__(self, n):
        self.left = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        await asyncio.sleep(2)
        if self.left == 0:
            raise StopAsyncIteration
        self.left -= 1
        return self.left


async def main():
    reader = aiter(Reader(2))
    log(await anext(reader), await anext(reader, 'default'))
    log(await anext(reader, 'default'), await anext(reader, None))
    try:
        await anext(reader)
    except StopAsyncIteration as error:
        log(error)
