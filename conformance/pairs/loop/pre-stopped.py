"""A stop before `run_forever` lets exactly one iteration run, without waiting."""

from harness import log


def main(loop):
    loop.stop()
    loop.run_forever()
    log('nothing was ready')
    loop.call_soon(log, 'ready')
    loop.call_later(10, log, 'timer')
    loop.stop()
    loop.run_forever()
    log('one iteration', loop.time())
    loop.stop()
    loop.stop()
    loop.run_forever()
    log('one more', loop.time())
