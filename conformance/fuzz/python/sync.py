"""Locks, semaphores, conditions, events and barriers. The twin of play/sync.ts."""

import asyncio

from stage import Stage, say


class Sync(Stage):
    def __init__(self, program):
        super().__init__(program)
        made = self.objects
        locks = [asyncio.Lock() for _ in range(made.get('locks', 0))]
        # A condition over one of these locks, or over a lock of its own.
        conditions = [
            asyncio.Condition(locks[lock] if lock is not None and lock < len(locks) else None)
            for lock in made.get('conditions', ())
        ]
        self.sync = {
            'lock': locks,
            'semaphore': [asyncio.Semaphore(value) for value in made.get('semaphores', ())],
            'bounded': [asyncio.BoundedSemaphore(value) for value in made.get('bounded', ())],
            'condition': conditions,
            'event': [asyncio.Event() for _ in range(made.get('events', 0))],
            'barrier': [asyncio.Barrier(parties) for parties in made.get('barriers', ())],
        }
        self.counts = [0 for _ in conditions]

    def pick(self, kind, index):
        """Gives the primitive and its name, or None."""
        place = self.choose(self.sync[kind], index)
        return None if place is None else (self.sync[kind][place], f'{kind} {place}')

    async def wait_on(self, who, kind, index, wait):
        picked = self.pick(kind, index)
        if picked is not None:
            value = await wait(picked[0])
            self.log(who, f'passed {picked[1]}', say(value))

    async def flow_acquire(self, who, caught, kind, index):
        picked = self.pick(kind, index)
        if picked is not None:
            await picked[0].acquire()
            self.log(who, f'acquired {picked[1]}')

    async def flow_with(self, who, caught, kind, index, block):
        picked = self.pick(kind, index)
        if picked is None:
            return
        async with picked[0]:
            self.log(who, f'entered {picked[1]}')
            return await self.block(block, who, caught)

    async def flow_waitCondition(self, who, caught, index):
        await self.wait_on(who, 'condition', index, lambda condition: condition.wait())

    async def flow_waitUntil(self, who, caught, index, count):
        place = self.choose(self.sync['condition'], index)

        def predicate():
            self.log(who, f'asks condition {place}', self.counts[place])
            return self.counts[place] if self.counts[place] >= count else 0

        wait = lambda condition: condition.wait_for(predicate)  # noqa: E731
        await self.wait_on(who, 'condition', index, wait)

    async def flow_waitEvent(self, who, caught, index):
        await self.wait_on(who, 'event', index, lambda event: event.wait())

    async def flow_waitBarrier(self, who, caught, index):
        await self.wait_on(who, 'barrier', index, lambda barrier: barrier.wait())

    async def flow_resetBarrier(self, who, caught, index):
        await self.wait_on(who, 'barrier', index, lambda barrier: barrier.reset())

    async def flow_abortBarrier(self, who, caught, index):
        await self.wait_on(who, 'barrier', index, lambda barrier: barrier.abort())

    def step_release(self, who, caught, kind, index, forced):
        picked = self.pick(kind, index)
        if picked is not None:
            self.attempt(who, f'release {picked[1]}', forced, picked[0].release)

    def step_notify(self, who, caught, index, n, forced):
        picked = self.pick('condition', index)
        if picked is None:
            return
        condition, name = picked
        notify = condition.notify_all if n == 'all' else lambda: condition.notify(n)
        self.attempt(who, f'notify {name}', forced, notify)

    def step_count(self, who, caught, index, by):
        place = self.choose(self.sync['condition'], index)
        if place is not None:
            self.counts[place] += by

    def step_setEvent(self, who, caught, index):
        picked = self.pick('event', index)
        if picked is not None:
            picked[0].set()

    def step_clearEvent(self, who, caught, index):
        picked = self.pick('event', index)
        if picked is not None:
            picked[0].clear()

    def step_lookSync(self, who, caught, kind, index):
        picked = self.pick(kind, index)
        if picked is None:
            return
        one, name = picked
        if kind == 'event':
            self.log(who, f'look {name}', one.is_set())
        elif kind == 'barrier':
            self.log(who, f'look {name}', one.parties, one.n_waiting, one.broken)
        else:
            self.log(who, f'look {name}', one.locked())
