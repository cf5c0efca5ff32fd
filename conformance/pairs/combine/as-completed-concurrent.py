"""The coroutines of asCompleted may be awaited at the same time, by tasks of their own."""

import asyncio

from harness import log


async def main():
    children = [asyncio.sleep(delay, name) for delay, name in [(5, 'a'), (3, 'b'), (4, 'c')]]
    waiting = [asyncio.create_task(one) for one in asyncio.as_completed(children)]
    done, pending = await asyncio.wait(waiting)
    log([task.result() for task in done], len(pending))
