"""What every suite shares: python SUITE.py NAME LOOP runs the function NAME on asyncio or uvloop.

Says "ready" when it is warm; then every line of input is answered with one figure.
"""

import asyncio
import pathlib
import subprocess
import sys
import time

WARM_UP_S = 0.3


def serve(*functions):
    """Serves the function whose name is the first argument; it gets a loop factory."""
    _, name, loop = sys.argv
    function = {function.__name__: function for function in functions}[name]
    loop_factory = _loop_factory_of(loop)
    end = time.perf_counter() + WARM_UP_S
    while time.perf_counter() < end:
        function(loop_factory)
    print("ready", flush=True)
    for _ in sys.stdin:
        print(function(loop_factory), flush=True)


def run(loop_factory, main):
    """Runs a coroutine to its end on a new loop."""
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        return runner.run(main)


def ns_per(count, loop_factory, main):
    """ns for each of the count things that the coroutine does, starting a loop included."""
    start = time.perf_counter()
    run(loop_factory, main)
    return (time.perf_counter() - start) * 1e9 / count


def node_server(*args):
    """Starts a server of the Node side, which ends with this process; gives its origin."""
    main = pathlib.Path(__file__).parent.parent / "dist" / "main.js"
    server = subprocess.Popen(
        ["node", main, "--server", *args],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    return server.stdout.readline().strip()


def check(what, got, expected):
    """Raises where a program did not do the work that it is timed for."""
    if got != expected:
        raise AssertionError(f"{what}: expected {expected}, got {got}")


def _loop_factory_of(name):
    if name == "uvloop":
        import uvloop

        return uvloop.new_event_loop
    return asyncio.new_event_loop
