"""Two greenlets that switch to each other: 1 3 2 4, and the last one ends in its parent."""

from greenlets import greenlet
from harness import log


async def main():
    def func1():
        log(1)
        gr2.switch()
        log(2)
        gr2.switch()
        log('not reached')

    def func2():
        log(3)
        gr1.switch()
        log(4)

    gr1 = greenlet(func1)
    gr2 = greenlet(func2)
    gr1.switch()
    log('back in main', gr1.dead, gr2.dead)
