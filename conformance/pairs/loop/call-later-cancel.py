"""A cancelled timer does not fire, whether it was first, last or in between."""

import asyncio

from harness import log


async def main():
    loop = asyncio.get_running_loop()
    timers = [loop.call_later(10 * n + 10, log, 'timer', n) for n in range(6)]
    timers[0].cancel()
    timers[3].cancel()
    loop.call_later(25, timers[5].cancel)
    log([timer.cancelled() for timer in timers])
    await asyncio.sleep(100)
    log([timer.cancelled() for timer in timers])
    timers[1].cancel()
    log(timers[1].cancelled(), timers[1].when())
