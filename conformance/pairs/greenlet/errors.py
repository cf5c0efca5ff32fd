"""An error goes to the parent; `throw` raises inside the greenlet."""

from greenlets import getcurrent, greenlet
from harness import log


async def main():
    def failing():
        log('failing')
        raise ValueError('inside')

    def careful():
        try:
            main_greenlet.switch('ready')
        except TypeError as error:
            log('thrown in', error)
        return 'handled'

    main_greenlet = getcurrent()
    first = greenlet(failing)
    try:
        first.switch()
    except ValueError as error:
        log('out came', error, first.dead)
    second = greenlet(careful)
    log(second.switch())
    log(second.throw(TypeError('from main')), second.dead)
    third = greenlet(careful)
    try:
        third.throw(ValueError('before its start'))
    except ValueError as error:
        log(error, third.dead)
