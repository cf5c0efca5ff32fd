"""When what waitFor awaits is cancelled by somebody else, that is a CancelledError, not a TimeoutError."""

import asyncio

from harness import log, reason


async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(asyncio.sleep(100))
    loop.call_later(5, task.cancel, 'by a timer')
    try:
        await asyncio.wait_for(task, 10)
    except BaseException as error:
        log(error, reason(error), asyncio.current_task().cancelling())
    await asyncio.sleep(20)
    try:
        await asyncio.wait_for(task, 0)
    except BaseException as error:
        log('no time', error)
