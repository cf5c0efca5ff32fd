"""Queues. The twin of play/queues.ts."""

import asyncio

from stage import Stage, say


class Ranked(tuple):
    """Items of equal rank are equal: in which order they come is the heap's."""

    def __lt__(self, other):
        return self[0] < other[0]


MAKERS = {
    'fifo': asyncio.Queue,
    'lifo': asyncio.LifoQueue,
    'priority': asyncio.PriorityQueue,
    'ranked': asyncio.PriorityQueue,
}


class Queues(Stage):
    def __init__(self, program):
        super().__init__(program)
        made = self.objects.get('queues', ())
        self.queues = [MAKERS[kind](maxsize) for kind, maxsize in made]
        self.items = [Ranked if kind == 'ranked' else tuple for kind, _ in made]

    def queue(self, index):
        """Gives the place, the queue and its name; None where there is none."""
        place = self.choose(self.queues, index)
        return None if place is None else (place, self.queues[place], f'queue {place}')

    async def flow_put(self, who, caught, index, rank, label):
        found = self.queue(index)
        if found is not None:
            place, queue, name = found
            await queue.put(self.items[place]((rank, label)))
            self.log(who, f'put into {name}', label)

    async def flow_take(self, who, caught, index):
        found = self.queue(index)
        if found is not None:
            _, queue, name = found
            self.log(who, f'took from {name}', say(await queue.get()))

    async def flow_joinQueue(self, who, caught, index):
        found = self.queue(index)
        if found is not None:
            await found[1].join()
            self.log(who, f'joined {found[2]}')

    def step_putNowait(self, who, caught, index, rank, label, forced):
        found = self.queue(index)
        if found is not None:
            place, queue, name = found
            item = self.items[place]((rank, label))
            self.attempt(who, f'put into {name}', forced, lambda: queue.put_nowait(item))

    def step_takeNowait(self, who, caught, index, forced):
        found = self.queue(index)
        if found is None:
            return
        _, queue, name = found

        def take():
            self.log(who, f'took from {name}', say(queue.get_nowait()))

        self.attempt(who, f'take from {name}', forced, take)

    def step_taskDone(self, who, caught, index, forced):
        found = self.queue(index)
        if found is not None:
            self.attempt(who, f'done with {found[2]}', forced, found[1].task_done)

    def step_shutdown(self, who, caught, index, immediate):
        found = self.queue(index)
        if found is not None:
            found[1].shutdown(immediate)

    def step_lookQueue(self, who, caught, index):
        found = self.queue(index)
        if found is not None:
            _, queue, name = found
            self.log(who, f'look {name}', queue.qsize(), queue.empty(), queue.full())
