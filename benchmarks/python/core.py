"""The Python side of the suite "core": python core.py NAME LOOP.

Runs the function NAME on asyncio or uvloop. Says "ready" when it is warm; then every line of input is
answered with one figure.
"""

import asyncio
import sys
import time

TASKS = 1000
SWITCHES = 10
WARM_UP_S = 0.3


async def body():
    for _ in range(SWITCHES):
        await asyncio.sleep(0)


async def main():
    tasks = [asyncio.create_task(body()) for _ in range(TASKS)]
    for task in tasks:
        await task


def spawn_switch_join(loop_factory):
    """ns for each sleep(0) of 1,000 tasks with ten of them."""
    start = time.perf_counter()
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        runner.run(main())
    return (time.perf_counter() - start) * 1e9 / (TASKS * SWITCHES)


def loop_factory_of(name):
    if name == "uvloop":
        import uvloop

        return uvloop.new_event_loop
    return asyncio.new_event_loop


def serve(function, loop_factory):
    end = time.perf_counter() + WARM_UP_S
    while time.perf_counter() < end:
        function(loop_factory)
    print("ready", flush=True)
    for _ in sys.stdin:
        print(function(loop_factory), flush=True)


serve({"spawn_switch_join": spawn_switch_join}[sys.argv[1]], loop_factory_of(sys.argv[2]))
