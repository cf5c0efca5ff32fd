"""`stop` lets the current iteration end; what was added in it waits for the next run."""

from harness import log


def main(loop):
    def second():
        log('second', loop.is_running())
        loop.call_soon(log, 'added in the last iteration')

    loop.call_soon(log, 'first')
    loop.call_soon(loop.stop)
    loop.call_soon(second)
    loop.call_later(10, log, 'timer')
    loop.run_forever()
    log('stopped', loop.is_running())
    loop.call_later(20, loop.stop)
    loop.run_forever()
    log('stopped again', loop.time())
