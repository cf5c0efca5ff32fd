"""CPython leaves the order open in which it goes through a set. Here every set of asyncio keeps the order in
which it was filled, as ours do, so that a program has one trace."""

import asyncio
import inspect
import textwrap


class OrderedSet:
    def __init__(self, items=()):
        self.items = dict.fromkeys(items)

    def add(self, item):
        self.items[item] = None

    def remove(self, item):
        del self.items[item]

    def discard(self, item):
        self.items.pop(item, None)

    def clear(self):
        self.items.clear()

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def __contains__(self, item):
        return item in self.items


def order_sets():
    asyncio.tasks.set = asyncio.taskgroups.set = OrderedSet
    asyncio.runners.tasks.all_tasks = in_order_of_creation(asyncio.tasks.all_tasks)
    # This one is written as a comprehension, which no name can replace.
    owner = asyncio.tasks._AsCompletedIterator
    comprehension = '{ensure_future(aw, loop=loop) for aw in set(aws)}'
    source = textwrap.dedent(inspect.getsource(owner.__init__))
    if comprehension not in source:
        raise AssertionError('as_completed of this CPython is not the one that is known here')
    space = {}
    exec(source.replace(comprehension, f'set({comprehension[1:-1]})'), vars(asyncio.tasks), space)
    owner.__init__ = space['__init__']


def in_order_of_creation(find):
    """At the end of a run CPython cancels in the order of a set; ours is that of creation."""

    def all_tasks(loop=None):
        return sorted(find(loop), key=lambda task: int(task.get_name().removeprefix('Task-')))

    return all_tasks
