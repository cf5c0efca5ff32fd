"""A loop that is driven by hand and has nothing left to do can never go on."""

from harness import log


def main(loop):
    loop.call_later(10, log, 'timer')
    log('waits')
    loop.run_until_complete(loop.create_future())
