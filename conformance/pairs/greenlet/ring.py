"""A token goes round a ring of greenlets until it is used up."""

from greenlets import greenlet
from harness import log


async def main():
    ring = []

    def station(n):
        def body(token):
            while token:
                log('station', n, token)
                token = ring[(n + 1) % 3].switch(token - 1)
            return 'stopped at', n

        return body

    ring.extend(greenlet(station(n)) for n in range(3))
    log(ring[0].switch(7))
    log([each.dead for each in ring])
