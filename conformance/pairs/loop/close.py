"""A closed loop refuses work; closing twice is no error, closing a running loop is one."""

from harness import log


def main(loop):
    other = []

    def close_me():
        try:
            loop.close()
        except RuntimeError as error:
            other.append(error)

    loop.call_soon(close_me)
    loop.call_soon(loop.stop)
    loop.run_forever()
    log('while running', other[0], loop.is_closed())
    loop.call_soon(log, 'dropped')
    loop.call_later(1, log, 'dropped')
    loop.close()
    loop.close()
    log(loop.is_closed(), loop.is_running())
    for use in (lambda: loop.call_soon(log), lambda: loop.call_later(1, log), loop.run_forever):
        try:
            use()
        except RuntimeError as error:
            log('refused', error)
