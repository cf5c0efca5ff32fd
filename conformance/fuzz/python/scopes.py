"""Task groups and timeouts. The twin of play/scopes.ts."""

import asyncio

from stage import Stage


class Scopes(Stage):
    def __init__(self, program):
        super().__init__(program)
        self.groups = []
        self.timeouts = []

    async def flow_group(self, who, caught, block):
        place = len(self.groups)
        async with asyncio.TaskGroup() as group:
            self.groups.append(group)
            self.log(who, f'entered group {place}')
            completion = await self.block(block, who, caught)
        self.log(who, f'left group {place}')
        return completion

    async def flow_timeout(self, who, caught, limit, block):
        return await self.within(asyncio.timeout(self.limit(limit)), who, caught, block)

    async def flow_timeoutAt(self, who, caught, limit, block):
        return await self.within(asyncio.timeout_at(self.deadline(limit)), who, caught, block)

    async def within(self, timeout, who, caught, block):
        place = len(self.timeouts)
        self.timeouts.append(timeout)
        try:
            async with timeout:
                self.log(who, f'entered timeout {place}')
                return await self.block(block, who, caught)
        finally:
            self.log(who, f'left timeout {place}', timeout.expired())

    def deadline(self, limit):
        return None if limit is None else self.loop.time() + self.limit(limit)

    def step_groupSpawn(self, who, caught, index, number, forced):
        place = self.choose(self.groups, index)
        if place is None:
            return
        task = self.attempt(
            who,
            f'spawn in group {place}',
            forced,
            lambda: self.groups[place].create_task(self.activate(number)),
        )
        if task is not None:
            self.log(who, f"group {place} spawns t{len(self.tables['task'])}")
            self.tables['task'].append(task)

    def step_reschedule(self, who, caught, index, limit, forced):
        place = self.choose(self.timeouts, index)
        if place is None:
            return
        when = self.deadline(limit)
        reschedule = lambda: self.timeouts[place].reschedule(when)  # noqa: E731
        self.attempt(who, f'reschedule timeout {place}', forced, reschedule)

    def step_lookTimeout(self, who, caught, index):
        place = self.choose(self.timeouts, index)
        if place is not None:
            timeout = self.timeouts[place]
            self.log(who, f'look timeout {place}', timeout.when(), timeout.expired())
