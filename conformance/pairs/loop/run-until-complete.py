"""`run_until_complete` takes coroutines, tasks and futures and gives their result or error."""

import asyncio

from harness import log, message


def main(loop):
    async def child(value):
        await asyncio.sleep(5)
        return value

    async def failing():
        await asyncio.sleep(5)
        raise ValueError('failed')

    log(loop.run_until_complete(child('coroutine')))
    log(loop.run_until_complete(loop.create_task(child('task'))))
    future = loop.create_future()
    loop.call_later(5, future.set_result, 'future')
    log(loop.run_until_complete(future), loop.is_running())
    log(loop.run_until_complete(future))
    try:
        loop.run_until_complete(failing())
    except ValueError as error:
        log(error, message(error))
    log(loop.run_until_complete(child('again')), loop.time())
