"""Async generators. The twin of play/iteration.ts."""

from stage import RAISED, Stage, say


class Iteration(Stage):
    def __init__(self, program):
        super().__init__(program)
        # Kept to the end: what becomes of one that is collected is not compared.
        self.generators = []
        self.states = {}

    async def produce(self, who, block, values, catches, last):
        self.states[who] = 'begun'
        self.log(who, 'begins')
        try:
            for value in range(values):
                completion = await self.block(block, who, None)
                if completion is not None:
                    return
                try:
                    yield value
                except Exception as error:
                    if not catches:
                        raise
                    self.log(who, 'catches', say(error))
        finally:
            try:
                self.enter_task()
                self.log(who, 'ends')
                await self.block(last, who, None)
            finally:
                self.end(who)

    def end(self, who):
        """What is over needs no closing at the end of the run, as if it had been collected."""
        self.states[who] = 'over'
        self.loop._asyncgens.discard(self.generators[int(who[1:])])

    def generator(self, index):
        place = self.choose(self.generators, index)
        return None if place is None else (self.generators[place], f'g{place}')

    async def flow_iterate(self, who, caught, index, times, block):
        found = self.generator(index)
        if found is None:
            return
        generator, name = found
        left = times
        async for value in generator:
            self.log(who, f'{name} gives', value)
            completion = await self.block(block, who, caught)
            if completion is not None:
                return completion
            left -= 1
            if left == 0:
                break
        self.log(who, f'leaves {name}')

    async def flow_nextOf(self, who, caught, index):
        found = self.generator(index)
        if found is None:
            return
        try:
            self.log(who, f'{found[1]} gives', await anext(found[0]))
        except StopAsyncIteration:
            self.log(who, f'{found[1]} is over')

    async def flow_closeOf(self, who, caught, index):
        found = self.generator(index)
        if found is None:
            return
        generator, name = found
        has_begun = self.states[name] != 'fresh'
        await generator.aclose()
        if not has_begun:
            self.end(name)
        self.log(who, f'closed {name}')

    async def flow_throwInto(self, who, caught, index, kind, label):
        found = self.generator(index)
        # CPython loses an error that is thrown into one that is over.
        if found is None or self.states[found[1]] == 'over':
            return
        generator, name = found
        has_begun = self.states[name] != 'fresh'
        try:
            self.log(who, f'{name} gives', await generator.athrow(RAISED[kind](label)))
        except StopAsyncIteration:
            self.log(who, f'{name} is over')
        finally:
            if not has_begun:
                self.end(name)

    def step_produce(self, who, caught, block, values, catches, last):
        name = f'g{len(self.generators)}'
        self.states[name] = 'fresh'
        self.generators.append(self.produce(name, block, values, catches, last))
