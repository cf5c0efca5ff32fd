"""`sleep(delay, result)` gives the result back."""

import asyncio

from harness import log


async def main():
    log(await asyncio.sleep(0), await asyncio.sleep(0, 'at once'))
    log(await asyncio.sleep(7, 'later'), await asyncio.sleep(-1, [1, 2]))
    return await asyncio.sleep(1, 'end')
