"""What every family of statements stands on: the log, the tables, who waits for whom. The twin of play/stage.ts."""

import asyncio
import contextvars
import itertools
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from harness import DeadlockError, VirtualLoop, show  # noqa: E402
from ordered import OrderedSet  # noqa: E402

FUEL = 400
# Gatherings that share what they gather give lists whose text doubles with each level.
DEEPEST = 5


class Boom(Exception):
    pass


class Bang(Exception):
    pass


RAISED = {'boom': Boom, 'bang': Bang, 'cancelled': asyncio.CancelledError}


def describe(error, depth=0):
    """The type, and what the program itself said: a label or the reason of a cancel."""
    if isinstance(error, BaseExceptionGroup):
        return f'{type(error).__name__}({say_all(error.exceptions, depth)})'
    said = error.args[:1] if isinstance(error, (Boom, Bang, asyncio.CancelledError)) else ()
    return ' '.join(word for word in [show(error), *said] if word)


def say(value, depth=0):
    """A result: a plain value, an error, or a list of such."""
    if isinstance(value, (list, tuple)):
        return f'[{say_all(value, depth)}]'
    return describe(value, depth) if isinstance(value, BaseException) else show(value)


def say_all(values, depth):
    return '…' if depth > DEEPEST else ', '.join(say(value, depth + 1) for value in values)


def state(future):
    if future.cancelled():
        return 'cancelled'
    error = future.exception()
    return f'result {say(future.result())}' if error is None else f'error {describe(error)}'


class Loop(VirtualLoop):
    def __init__(self, trace):
        super().__init__(trace)
        # They are closed at the end, in the order in which they began.
        self._asyncgens = OrderedSet()

    def _run_once(self):
        try:
            super()._run_once()
        except DeadlockError:
            # CPython would wait for ever: giving up is no iteration of its own.
            self.iterations -= 1
            raise


class Stage:
    def __init__(self, program):
        self.defs = program['defs']
        self.objects = program.get('objects', {})
        self.lines = []
        self.fuel = FUEL
        # The run has ended: what the garbage collector throws into coroutines is no part of it.
        self.over = False
        self.equal_deadlines = False
        self.loop = Loop(self)
        self.deadlines = set()
        self.tables = {'task': [], 'future': []}
        # What gather and shield give is theirs to settle.
        self.settled_here = set()
        self.handles = []
        self.callbacks = []
        self.held = []
        self.vars = [contextvars.ContextVar(name, default=0) for name in 'xy']
        # What each task waits for, where a cancel of the task is passed on to it, and whom a gathering
        # passes its own cancel on to.
        self.waits = {}
        self.children = {}
        # The tasks that have awaited themselves. They stay marked as blocking, so that nobody can
        # await them any more.
        self.spoilt = set()

    def log(self, who, *words):
        if self.over:
            return
        text = ' '.join(show(word) for word in (who, *words))
        self.lines.append([round(self.loop.time(), 6), self.loop.iterations, text])

    def choose(self, table, index):
        """The index-th newest entry: its place in the table, or None."""
        return len(table) - 1 - index % len(table) if table else None

    def choose_other(self, kind, index):
        """Never the task that runs: the one before it."""
        place = self.choose(self.tables[kind], index)
        if kind == 'future' or place is None or place != self.current():
            return place
        return place - 1 if place > 0 else None

    def delay(self, ms):
        """`ms`, or a little more where another timer has that deadline already."""
        now = self.loop.time()
        wanted = key = round((now + ms) * 1000)
        while key in self.deadlines:
            key += 1
        self.deadlines.add(key)
        return ms if key == wanted else key / 1000 - now

    def limit(self, ms):
        """The delay of something that needs no timer where it is None, 0 or less."""
        return ms if ms is None or ms <= 0 else self.delay(ms)

    def current(self):
        try:
            task = asyncio.current_task()
        except RuntimeError:
            return None
        return None if task is None else self.tables['task'].index(task)

    def enter_task(self):
        """Tasks that gather and its like have made get their place when they begin."""
        task = asyncio.current_task()
        if task not in self.tables['task']:
            self.tables['task'].append(task)

    def name(self, future):
        for kind, table in self.tables.items():
            if future in table:
                return f'{kind[0]}{table.index(future)}'
        return 'new'

    def attempt(self, who, what, forced, act):
        """A misuse ends the coroutine where it is forced; else it is a line."""
        try:
            return act()
        except Exception as error:
            if forced:
                raise
            self.log(who, what, 'fails', describe(error))

    def may_await(self, target):
        """Cancelling a ring of tasks would recurse for ever."""
        if target in self.spoilt:
            return False
        me = asyncio.current_task()
        seen = set()
        todo = [target]
        while todo:
            one = todo.pop()
            if one is me:
                return False
            if one in seen:
                continue
            seen.add(one)
            todo += self.next(one)
        return self.has_one_way(me, target)

    def next(self, one):
        """Where a cancel of it goes on to."""
        waits = [self.waits[one]] if one in self.waits else []
        return [*self.children.get(one, ()), *waits]

    def has_one_way(self, me=None, target=None):
        """Whether a cancel that is passed on reaches each task once, if `me` awaits `target` as well. CPython
        counts it once for each way there, which can be millions."""
        if not self.children:
            return True

        def reach(one, seen):
            if not asyncio.isfuture(one) or one.done():
                return True
            if one in seen:
                return not isinstance(one, asyncio.Task) and one not in self.children
            seen.add(one)
            after = [*self.next(one), *([target] if one is me else [])]
            return all(reach(each, seen) for each in after)

        roots = [*self.waits, *itertools.chain(*self.children.values()), me]
        return all(reach(one, set()) for one in roots)

    async def wait_for_it(self, who, name, target, awaitable=None):
        """Gives the result in a list; None where it must not be awaited."""
        if not self.may_await(target):
            self.log(who, f'does not await {name}')
            return None
        awaitable = target if awaitable is None else awaitable
        if not asyncio.isfuture(target):
            return [await awaitable]
        me = asyncio.current_task()
        self.waits[me] = target
        try:
            return [await awaitable]
        finally:
            del self.waits[me]
