"""A switch hands a value over; the end of a greenlet hands its result to its parent."""

from greenlets import getcurrent, greenlet
from harness import log


async def main():
    def echo(first):
        log('got', first)
        value = main_greenlet.switch('one')
        log('got', value)
        value = main_greenlet.switch('two')
        log('got', value)
        return 'result'

    main_greenlet = getcurrent()
    child = greenlet(echo)
    log(child.switch('a'))
    log(child.switch('b'), child.dead)
    log(child.switch('c'), child.dead)
    log(child.switch('to the dead'))
