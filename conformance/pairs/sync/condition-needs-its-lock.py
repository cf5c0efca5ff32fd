"""wait and notify of a condition whose lock is not held are RuntimeErrors."""

import asyncio

from harness import log


async def main():
    condition = asyncio.Condition()
    for attempt in (condition.notify, condition.notify_all, condition.release):
        try:
            attempt()
        except RuntimeError as error:
            log(error)
    for attempt in (condition.wait, lambda: condition.wait_for(lambda: False)):
        try:
            await attempt()
        except RuntimeError as error:
            log(error)
    log(condition.locked())
    async with condition:
        log(await condition.wait_for(lambda: 'at once'))
