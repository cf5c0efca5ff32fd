"""The loop is fetched by hand and runs a coroutine to its end."""

from harness import log


def main(loop):
    async def func1():
        log('func1')

    result = func1()
    log('not yet')
    loop.run_until_complete(result)
    log('over')
