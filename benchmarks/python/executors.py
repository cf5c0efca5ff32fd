"""The Python side of the suite "executors": pools with two workers, made once and kept."""

import collections
import functools
import statistics
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

from harness import check, serve

WORKERS = 2
CALLS = 8000
IN_FLIGHT = 1000
SEQUENTIAL = 300
FIB_TIMES = 8
FIB_N = 32
FIB = 2_178_309


def add(a, b):
    return a + b


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@functools.cache
def pool(executor):
    return executor(WORKERS)


def throughput(executor):
    """ns for each call, with a thousand under way."""
    submit = pool(executor).submit
    pending = collections.deque()
    total = 0
    start = time.perf_counter()
    for i in range(CALLS):
        if len(pending) == IN_FLIGHT:
            total += pending.popleft().result()
        pending.append(submit(add, i, 1))
    for future in pending:
        total += future.result()
    ns = (time.perf_counter() - start) * 1e9 / CALLS
    check("sum", total, CALLS * (CALLS - 1) // 2 + CALLS)
    return ns


def latency(executor):
    """The median ns until a call is back, one after the other."""
    submit = pool(executor).submit
    times = []
    for i in range(SEQUENTIAL):
        start = time.perf_counter()
        check("sum", submit(add, i, 1).result(), i + 1)
        times.append((time.perf_counter() - start) * 1e9)
    return statistics.median(times)


def thread_throughput(_loop_factory):
    return throughput(ThreadPoolExecutor)


def process_throughput(_loop_factory):
    return throughput(ProcessPoolExecutor)


def thread_latency(_loop_factory):
    return latency(ThreadPoolExecutor)


def process_latency(_loop_factory):
    return latency(ProcessPoolExecutor)


def process_fib(_loop_factory):
    """ms for fib(32), eight times."""
    start = time.perf_counter()
    results = list(pool(ProcessPoolExecutor).map(fib, [FIB_N] * FIB_TIMES))
    ms = (time.perf_counter() - start) * 1e3
    check("sum", sum(results), FIB * FIB_TIMES)
    return ms


serve(thread_throughput, process_throughput, thread_latency, process_latency, process_fib)
