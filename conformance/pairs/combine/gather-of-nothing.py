"""gather of nothing is done at once, with an empty list."""

import asyncio

from harness import log


async def main():
    empty = asyncio.gather()
    log(empty.done(), await empty)
    log(await asyncio.gather(return_exceptions=True))
