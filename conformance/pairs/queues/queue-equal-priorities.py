"""Items of equal priority come out in the order of CPython's heap, which is not the order in which they were put."""

import asyncio

from harness import log


class Job:
    def __init__(self, priority, name):
        self.priority = priority
        self.name = name

    def __lt__(self, other):
        return self.priority < other.priority


async def main():
    queue = asyncio.PriorityQueue()
    for n, priority in enumerate([3, 1, 2, 1, 3, 2, 1, 1, 2, 3, 1, 2]):
        queue.put_nowait(Job(priority, f'{priority}{chr(97 + n)}'))
    names = []
    while not queue.empty():
        names.append(queue.get_nowait().name)
        if len(names) == 4:
            queue.put_nowait(Job(2, '2z'))
    log(names)
