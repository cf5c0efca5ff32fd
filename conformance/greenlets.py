"""The greenlet package's documented behaviour, on threads that hand one baton around.

The package itself is no part of CPython. Only one thread ever runs, so the order of events is that
of real greenlets: a switch runs the target until it switches away or ends; a greenlet that ends
passes its result, or its error, to its parent.
"""

import threading

_local = threading.local()


class greenlet:
    def __init__(self, run=None, parent=None):
        self.run = run
        self.parent = parent or (getcurrent() if run else None)
        self.dead = False
        self._started = run is None
        self._baton = threading.Semaphore(0)
        self._message = None

    def switch(self, *args):
        return self._hand(None, args)

    def throw(self, error):
        return self._hand(error, ())

    def _hand(self, error, args):
        me = getcurrent()
        self._wake(error, args)
        me._baton.acquire()
        return me._receive()

    def _wake(self, error, args):
        target = self
        while target.dead:
            target = target.parent
        target._message = error, args
        if target._started:
            target._baton.release()
        else:
            target._started = True
            threading.Thread(target=target._body, daemon=True).start()

    def _receive(self):
        error, args = self._message
        if error is not None:
            raise error
        return args[0] if len(args) == 1 else args or None

    def _body(self):
        _local.current = self
        error, args = self._message
        result = ()
        try:
            if error is not None:
                raise error
            result = (self.run(*args),)
        except BaseException as raised:
            error = raised
        self.dead = True
        self.parent._wake(error, result)


def getcurrent():
    if not hasattr(_local, 'current'):
        _local.current = greenlet()
    return _local.current
