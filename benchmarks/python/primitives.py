"""The Python side of the suite "primitives": the same programs, at the same sizes, with results checked."""

import asyncio
import time

from harness import check, ns_per, run, serve

ITEMS = 10_000
TASKS = 10_000
MAPPED = 100_000
LIMIT = 16
HOLDERS = 100
TURNS = 100
CANCELLED = 1000
CANCEL_ROUNDS = 5
HOUR_S = 3600
SUM_OF_ITEMS = ITEMS * (ITEMS - 1) // 2


async def produce(queue):
    for i in range(ITEMS):
        await queue.put(i)


async def consume(queue):
    total = 0
    for _ in range(ITEMS):
        total += await queue.get()
    return total


async def hand_over(maxsize):
    queue = asyncio.Queue(maxsize)
    producer = asyncio.create_task(produce(queue))
    check("sum", await consume(queue), SUM_OF_ITEMS)
    await producer


def queue_of_one(loop_factory):
    return ns_per(ITEMS, loop_factory, hand_over(1))


def queue_unbounded(loop_factory):
    return ns_per(ITEMS, loop_factory, hand_over(0))


async def contend():
    lock = asyncio.Lock()
    last = None
    changes = 0

    async def body(me):
        nonlocal last, changes
        for _ in range(TURNS):
            await lock.acquire()
            try:
                if last != me:
                    changes += 1
                last = me
            finally:
                lock.release()

    await lock.acquire()
    tasks = [asyncio.create_task(body(i)) for i in range(HOLDERS)]
    await asyncio.sleep(0)
    lock.release()
    for task in tasks:
        await task
    check("hand-offs", changes, HOLDERS * TURNS)


def lock_hand_off(loop_factory):
    return ns_per(HOLDERS * TURNS, loop_factory, contend())


class Gauge:
    """How many are at work at the same time."""

    def __init__(self):
        self.now = 0
        self.most = 0

    async def increment(self, i):
        self.now += 1
        if self.now > self.most:
            self.most = self.now
        await asyncio.sleep(0)
        self.now -= 1
        return i + 1

    def check(self, results):
        check("at the same time", self.most, LIMIT)
        check("results", len(results), MAPPED)
        check("last result", results[-1], MAPPED)
        check("sum", sum(results), MAPPED * (MAPPED + 1) // 2)


async def map_by_semaphore():
    gauge = Gauge()
    semaphore = asyncio.Semaphore(LIMIT)

    async def limited(i):
        await semaphore.acquire()
        try:
            return await gauge.increment(i)
        finally:
            semaphore.release()

    gauge.check(await asyncio.gather(*[limited(i) for i in range(MAPPED)]))


def semaphore_map(loop_factory):
    return ns_per(MAPPED, loop_factory, map_by_semaphore())


async def map_by_workers():
    gauge = Gauge()
    results = [None] * MAPPED
    items = iter(range(MAPPED))

    async def worker():
        for i in items:
            results[i] = await gauge.increment(i)

    await asyncio.gather(*[worker() for _ in range(LIMIT)])
    gauge.check(results)


def worker_map(loop_factory):
    return ns_per(MAPPED, loop_factory, map_by_workers())


async def give_way(i):
    await asyncio.sleep(0)
    return i


async def gather_all():
    results = await asyncio.gather(*[give_way(i) for i in range(TASKS)])
    check("results", results, list(range(TASKS)))


def gather(loop_factory):
    return ns_per(TASKS, loop_factory, gather_all())


async def group_all():
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(give_way(i)) for i in range(TASKS)]
    check("results", [task.result() for task in tasks], list(range(TASKS)))


def task_group(loop_factory):
    return ns_per(TASKS, loop_factory, group_all())


async def sleeper(seconds):
    await asyncio.sleep(seconds)


def sleep_as_task(i):
    return asyncio.create_task(sleeper(HOUR_S + i % 100))


async def cancel_sleepers():
    tasks = [sleep_as_task(i) for i in range(TASKS)]
    await asyncio.sleep(0)
    cancelled = 0
    seconds = 0
    every = TASKS // CANCELLED
    for first in range(CANCEL_ROUNDS):
        start = time.perf_counter()
        for task in tasks[first::every]:
            task.cancel()
            try:
                await task
            except asyncio.CancelledError:
                cancelled += 1
        seconds += time.perf_counter() - start
        check("asleep", sum(not task.done() for task in tasks), TASKS - CANCELLED)
        for i in range(first, TASKS, every):
            tasks[i] = sleep_as_task(i)
        await asyncio.sleep(0)
    check("cancelled", cancelled, CANCELLED * CANCEL_ROUNDS)
    return seconds * 1e9 / (CANCELLED * CANCEL_ROUNDS)


def cancel_one(loop_factory):
    return run(loop_factory, cancel_sleepers())


async def in_time():
    total = 0
    for _ in range(ITEMS):
        async with asyncio.timeout(HOUR_S):
            await asyncio.sleep(0)
            total += 1
    check("in time", total, ITEMS)


def timeout(loop_factory):
    return ns_per(ITEMS, loop_factory, in_time())


serve(
    queue_of_one,
    queue_unbounded,
    lock_hand_off,
    semaphore_map,
    worker_map,
    gather,
    task_group,
    cancel_one,
    timeout,
)
