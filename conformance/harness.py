"""Runs one Python program on an event loop with virtual time and prints its trace as JSON.

    python3.13 harness.py pairs/<room>/<name>.py

A program is `async def main()`, run as `asyncio.run` would, or `def main(loop)`, which drives
the loop from outside. The clock of the loop counts milliseconds: asyncio does not care what its
unit is, so `asyncio.sleep(10)` here is `sleep(10)` in the TypeScript twin. Time moves only when
nothing is ready, and then straight to the next deadline.
"""

import ast
import asyncio
import importlib.util
import inspect
import json
import platform
import selectors
import signal
import sys
import textwrap
import threading
import warnings
import weakref
from collections.abc import MutableSet
from pathlib import Path

# asyncio caps a poll at a day of seconds; our day has milliseconds.
asyncio.base_events.MAXIMUM_SELECT_TIMEOUT = 24 * 3600 * 1000

# Messages of the loop's exception handler go on with a repr that no other runtime can have.
HANDLER_MESSAGES = (
    'Exception in callback',
    'unhandled exception during',
    'an error occurred during closing',
    'Task exception was never retrieved',
    'Future exception was never retrieved',
)


class OrderedSet(MutableSet):
    """A set that iterates in the order in which its members came."""

    def __init__(self, members=(), mapping=dict):
        self._members = mapping()
        for member in members:
            self.add(member)

    def __contains__(self, member):
        return member in self._members

    def __iter__(self):
        return iter(self._members)

    def __len__(self):
        return len(self._members)

    def add(self, member):
        self._members[member] = None

    def discard(self, member):
        self._members.pop(member, None)


class NamedSets(ast.NodeTransformer):
    """Makes `set([…])` of `{… for …}`, so that the name can mean another class."""

    def visit_SetComp(self, node):
        name = ast.Name('set', ast.Load())
        return ast.Call(name, [ast.ListComp(node.elt, node.generators)], [])


def order_sets():
    """Puts ordered sets where asyncio keeps tasks in sets and acts on them in the order of their addresses."""
    tasks = asyncio.tasks
    tasks.set = asyncio.taskgroups.set = OrderedSet
    completed = tasks._AsCompletedIterator
    source = ast.parse(textwrap.dedent(inspect.getsource(completed.__init__)))
    names = {}
    code = compile(ast.fix_missing_locations(NamedSets().visit(source)), tasks.__file__, 'exec')
    exec(code, vars(tasks), names)
    completed.__init__ = names['__init__']
    unordered = tasks.all_tasks

    def all_tasks(loop=None):
        found = unordered(loop)
        made = list((loop or asyncio.get_running_loop()).made)
        return OrderedSet([task for task in made if task in found] + list(found - set(made)))

    asyncio.all_tasks = tasks.all_tasks = all_tasks


class DeadlockError(BaseException):
    """Nothing is ready, no timer runs: CPython would wait for ever."""


class VirtualSelector(selectors.SelectSelector):
    """Polls nothing. Where it would wait it moves the loop's clock instead."""

    loop = None

    def select(self, timeout=None):
        if timeout is None:
            raise DeadlockError
        if timeout > 0:
            self.loop.now = max(self.loop.now, self.loop._scheduled[0]._when)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self, trace):
        self.now = 0
        self.iterations = 0
        self.trace = trace
        selector = VirtualSelector()
        selector.loop = self
        super().__init__(selector)
        self._clock_resolution = 1e-6
        self._asyncgens = OrderedSet(mapping=weakref.WeakKeyDictionary)
        self.made = OrderedSet(mapping=weakref.WeakKeyDictionary)

    def create_task(self, coro, **options):
        task = super().create_task(coro, **options)
        self.made.add(task)
        return task

    def time(self):
        return self.now

    def _run_once(self):
        self.iterations += 1
        super()._run_once()

    def call_at(self, when, callback, *args, context=None):
        # CPython leaves the order of equal deadlines open, so a trace must not rest on it.
        if any(timer._when == when and not timer._cancelled for timer in self._scheduled):
            self.trace.equal_deadlines = True
        return super().call_at(when, callback, *args, context=context)


class Trace:
    def __init__(self):
        self.lines = []
        self.equal_deadlines = False
        self.base = VirtualLoop(self)

    def loop(self):
        try:
            return asyncio.get_running_loop()
        except RuntimeError:
            return self.base


trace = Trace()


def number(value):
    value = round(value, 6)
    return str(int(value)) if value == int(value) else str(value)


def show(value, nested=False):
    if value is None:
        return 'none'
    if isinstance(value, bool):
        return 'true' if value else 'false'
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False) if nested else value
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, (list, tuple)):
        return '[' + ', '.join(show(item, True) for item in value) + ']'
    if isinstance(value, dict):
        return '{' + ', '.join(f'{key}: {show(item, True)}' for key, item in value.items()) + '}'
    if isinstance(value, bytes):
        return json.dumps(value.decode(), ensure_ascii=False)
    if isinstance(value, BaseExceptionGroup):
        return 'ExceptionGroup' + show(value.exceptions)
    if isinstance(value, BaseException):
        return type(value).__name__
    raise TypeError(f'log() shows plain values and exceptions, not {type(value).__name__}')


def log(*values):
    """Adds a line to the trace: virtual time, iteration of the loop, text."""
    loop = trace.loop()
    text = ' '.join(show(value) for value in values)
    trace.lines.append([round(loop.time(), 6), loop.iterations, text])


def ticks():
    """How many iterations the loop has begun."""
    return trace.loop().iterations


def spend(delay):
    """The step that calls this takes so long: time goes on, and nothing else does."""
    trace.loop().now += delay


def interrupt():
    """Ctrl-C, in the middle of the step that calls this."""
    signal.raise_signal(signal.SIGINT)


def message(error):
    return str(error)


def reason(error):
    """What `cancel(reason)` was given; None without."""
    return error.args[0] if error.args else None


def log_errors():
    """From now on what reaches the loop's exception handler is logged."""

    def handler(loop, context):
        text = context['message']
        known = next((known for known in HANDLER_MESSAGES if text.startswith(known)), text)
        log('handler:', known, context.get('exception'))

    trace.loop().set_exception_handler(handler)


def silent(loop, context):
    pass


def virtual_loop():
    return VirtualLoop(trace)


def nested_run(main):
    """Runs `main` to its end on a loop of its own, while this loop stands still."""
    box = []

    def body():
        loop = VirtualLoop(trace)
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            box.append(runner.run(main))

    thread = threading.Thread(target=body)
    thread.start()
    thread.join()
    return box[0]


def outcome(play):
    try:
        return 'result: ' + show(play())
    except asyncio.CancelledError:
        return 'cancelled'
    except DeadlockError:
        return 'deadlock'
    except BaseException as error:
        return 'error: ' + show(error)


def play_coroutine(main):
    with asyncio.Runner(loop_factory=lambda: trace.base) as runner:
        runner.get_loop().set_exception_handler(silent)
        return runner.run(main())


def play_loop(main):
    trace.base.set_exception_handler(silent)
    try:
        return main(trace.base)
    finally:
        trace.base.close()


def load(path):
    spec = importlib.util.spec_from_file_location('pair', path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(path):
    warnings.simplefilter('ignore')
    order_sets()
    program = load(path)
    main = program.main
    play = play_coroutine if inspect.iscoroutinefunction(main) else play_loop
    result = outcome(lambda: play(main))
    if trace.equal_deadlines and not getattr(program, 'EQUAL_DEADLINES', False):
        sys.exit(f'{path}: two timers have the same deadline, CPython leaves their order open')
    ticks = getattr(program, 'TICKS', True)
    return {
        'lines': [line if ticks else [line[0], None, line[2]] for line in trace.lines],
        'outcome': result,
    }


def check_python():
    implementation = platform.python_implementation()
    if implementation != 'CPython' or sys.version_info[:2] != (3, 13):
        sys.exit(f'traces are recorded from CPython 3.13, this is {implementation} '
                 f'{platform.python_version()}')


if __name__ == '__main__':
    check_python()
    # Programs import this module by name and must find the one that runs them.
    sys.modules['harness'] = sys.modules['__main__']
    json.dump(run(Path(sys.argv[1])), sys.stdout, ensure_ascii=False)
