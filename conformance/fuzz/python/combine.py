"""gather, shield, wait, wait_for, as_completed. The twin of play/combine.ts."""

import asyncio

from stage import Stage, describe, say, state

MODES = {
    'first': asyncio.FIRST_COMPLETED,
    'error': asyncio.FIRST_EXCEPTION,
    'all': asyncio.ALL_COMPLETED,
}


class Combine(Stage):
    def build(self, source):
        """What a source stands for: a coroutine, a task or a future. None where there is none."""
        kind = source[0]
        if kind == 'call':
            return self.activate(source[1])
        if kind == 'gather':
            return self.build_gather(source[1], source[2])
        if kind == 'shield':
            inner = self.build(source[1])
            return None if inner is None else asyncio.shield(inner)
        place = self.choose_other(kind, source[1])
        return None if place is None else self.tables[kind][place]

    def build_all(self, sources):
        built = [self.build(source) for source in sources]
        return [one for one in built if one is not None]

    def build_gather(self, sources, return_exceptions):
        built = self.build_all(sources)
        marker = object()
        self.children[marker] = built
        if not self.has_one_way():
            built = []
        del self.children[marker]
        gathering = asyncio.gather(*built, return_exceptions=return_exceptions)
        self.children[gathering] = getattr(gathering, '_children', ())
        return gathering

    async def wait_for_built(self, who, name, target, awaitable=None):
        result = await self.wait_for_it(who, name, target, awaitable)
        if result is not None:
            self.log(who, name, say(result[0]))

    async def flow_gather(self, who, caught, sources, return_exceptions):
        await self.wait_for_built(who, 'gather', self.build_gather(sources, return_exceptions))

    async def flow_shield(self, who, caught, source):
        shielded = self.build(['shield', source])
        if shielded is not None:
            await self.wait_for_built(who, 'shield', shielded)

    async def flow_waitFor(self, who, caught, source, limit):
        target = self.build(source)
        if target is None:
            return
        if not self.may_await(target):
            self.log(who, 'does not await waitFor')
            return
        waiting = asyncio.wait_for(target, self.limit(limit))
        await self.wait_for_built(who, 'waitFor', target, waiting)

    async def flow_wait(self, who, caught, targets, limit, mode):
        futures = self.build_all(targets)
        timeout = None if limit is None else self.delay(limit)
        done, pending = await asyncio.wait(futures, timeout=timeout, return_when=MODES[mode])
        names = [' '.join(self.name(future) for future in some) for some in (done, pending)]
        self.log(who, f'wait done {names[0]} pending {names[1]}')

    async def flow_asCompleted(self, who, caught, sources, limit, way):
        built = self.build_all(sources)
        timeout = None if limit is None else self.delay(limit)
        iterator = asyncio.as_completed(built, timeout=timeout)
        if way == 'plain':
            for coroutine in iterator:
                try:
                    self.log(who, 'completed', say(await coroutine))
                except Exception as error:
                    self.log(who, 'completed', describe(error))
        else:
            async for future in iterator:
                known = self.name(future) if future in built else 'new'
                self.log(who, f'completed {known}', state(future))

    def step_keep(self, who, caught, source):
        built = self.build(source)
        if built is not None:
            self.tables['future'].append(built)
