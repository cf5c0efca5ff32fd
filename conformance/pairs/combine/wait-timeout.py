"""wait neither throws when its time is over nor cancels what is pending."""

import asyncio

from harness import log


async def child(delay):
    try:
        await asyncio.sleep(delay)
        log('end', delay)
    except asyncio.CancelledError:
        log('cancelled', delay)


async def main():
    tasks = [asyncio.create_task(child(delay)) for delay in (10, 50)]
    for timeout in (0, 20, None):
        done, pending = await asyncio.wait(tasks, timeout=timeout)
        log('timeout', timeout, len(done), len(pending))
    never = asyncio.get_running_loop().create_future()
    done, pending = await asyncio.wait([never], timeout=5)
    log(len(done), len(pending), never.done())
