"""Tasks that can never go on are cancelled when their run is given up."""

import asyncio

from harness import log

# CPython would wait for ever: in which iteration a run is given up is not its business.
TICKS = False


async def main():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        log('finally')
