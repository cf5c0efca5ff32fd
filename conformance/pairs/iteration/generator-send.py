"""What next is given is the value of the yield at which the generator stands."""

import asyncio

from harness import log


async def echo():
    received = []
    try:
        while True:
            received.append((yield len(received)))
            await asyncio.sleep(1)
    finally:
        log('received', received)


async def main():
    agen = echo()
    log(await agen.asend(None))
    for value in ('a', 'b', 'c'):
        log('sent', await agen.asend(value))
    await agen.aclose()
    log('closed')
