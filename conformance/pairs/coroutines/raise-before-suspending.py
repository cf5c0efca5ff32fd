"""An error before the first suspension reaches the awaiting coroutine in the same iteration."""

from harness import log


async def child(n):
    log('child', n)
    if n == 1:
        raise TypeError('at once')
    return n


async def main():
    for n in range(3):
        try:
            log('value', await child(n))
        except TypeError as error:
            log('caught', error)
    raise Late('at the end')


class Late(Exception):
    pass
