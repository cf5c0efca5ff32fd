"""An object whose `__anext__` awaits, read by `async for`."""

import asyncio

from harness import log


class Reader:
    def __init__(self):
        self.count = 0

    async def readline(self):
        self.count += 1
        if self.count == 10:
            return None
        await asyncio.sleep(self.count % 3)
        return self.count

    def __aiter__(self):
        return self

    async def __anext__(self):
        value = await self.readline()
        if value is None:
            raise StopAsyncIteration
        return value


async def main():
    async for item in Reader():
        if item == 4:
            continue
        log(item)
    async for item in Reader():
        if item == 2:
            break
        log('again', item)
