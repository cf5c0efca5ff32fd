"""The running loop is known in coroutines and callbacks, and outside there is none."""

import asyncio

from harness import log


def main(loop):
    def check(where):
        try:
            log(where, asyncio.get_running_loop() is loop)
        except RuntimeError as error:
            log(where, error)

    async def child():
        check('coroutine')
        loop.call_soon(check, 'callback')
        await asyncio.sleep(1)
        check('after a sleep')

    check('outside')
    loop.run_until_complete(child())
    check('outside again')
