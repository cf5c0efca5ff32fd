"""A plain function runs when it is called, a coroutine function only makes a coroutine."""

from harness import log


def plain(first, second):
    log(first)
    log(second)


async def func1():
    log('func1')


async def main():
    plain(1, 2)
    plain(3, 4)
    result = func1()
    log('nothing of func1 has run')
    await result
