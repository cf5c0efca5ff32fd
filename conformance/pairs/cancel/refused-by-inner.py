"""A future whose cancel says no: the request is kept for the task's next step."""

import asyncio

from harness import log


class Stubborn(asyncio.Future):
    def cancel(self, msg=None):
        log('refuses')
        return False


async def child(future):
    try:
        return await future
    except asyncio.CancelledError as error:
        log('thrown', error)
        return 'cancelled after all'


async def main():
    future = Stubborn()
    task = asyncio.create_task(child(future))
    await asyncio.sleep(1)
    log(task.cancel(), future.cancelled())
    await asyncio.sleep(1)
    log('still waiting', task.done())
    future.set_result('value')
    log(await task)
