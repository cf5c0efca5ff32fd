"""Plays random programs on CPython's asyncio: one JSON program a line in, one JSON trace a line out.

    python3.13 interpret.py < programs

The twin of interpret.ts; program.ts says what the statements are.
"""

import asyncio
import gc
import itertools
import json
import sys
import warnings

from steps import Steps, describe
from harness import check_python, outcome

REPORTS = {
    'Exception in callback': 'callback',
    'unhandled exception during': 'shutdown',
}


def catches(kind, error):
    if kind == 'any':
        return True
    return isinstance(error, asyncio.CancelledError) == (kind == 'cancelled')


class Interpreter(Steps):
    def __init__(self, program):
        super().__init__()
        self.defs = program['defs']
        self.activations = itertools.count()
        # Which task waits for which, by their places.
        self.waits = {}
        # The tasks that have awaited themselves. They stay marked as blocking, so that nobody can
        # await them any more.
        self.spoilt = set()

    def play(self):
        runner = asyncio.Runner(loop_factory=lambda: self.loop)
        runner.get_loop().set_exception_handler(self.report)
        result = outcome(lambda: runner.run(self.main()))
        end = outcome(runner.close)
        self.over = True
        if self.equal_deadlines:
            raise AssertionError('two timers have the same deadline')
        return {
            'lines': self.lines,
            'outcome': result if end == 'result: none' else f'{result}, then {end}',
        }

    def report(self, loop, context):
        if self.over:
            return
        for message, name in REPORTS.items():
            if context['message'].startswith(message):
                self.log('handler', name, describe(context['exception']))

    async def main(self):
        self.tables['task'].append(asyncio.current_task())
        return await self.activate(0)

    async def activate(self, number, held=None):
        who = next(self.activations)
        self.log(who, f'begins d{number}')
        if held is not None:
            held['state'] = 'running'
        try:
            completion = await self.block(self.defs[number], who, None)
        finally:
            if held is not None:
                held['state'] = 'over'
        return None if completion is None else completion[0]

    async def block(self, block, who, caught):
        """Gives None, or the value of a return in a list."""
        for statement in block:
            if self.fuel == 0:
                break
            self.fuel -= 1
            flow = getattr(self, 'flow_' + statement[0], None)
            if flow is None:
                self.step(statement, who, caught)
                continue
            completion = await flow(statement, who, caught)
            if completion is not None:
                return completion
        return None

    async def flow_sleep(self, statement, who, caught):
        ms = statement[1]
        await asyncio.sleep(self.delay(ms) if ms > 0 else 0)

    async def flow_call(self, statement, who, caught):
        self.log(who, 'called', await self.activate(statement[1]))

    async def flow_await(self, statement, who, caught):
        _, kind, index = statement
        place = self.choose_other(kind, index)
        if place is None:
            return
        target = self.tables[kind][place]
        if kind == 'future':
            self.log(who, f'awaited f{place}', await target)
            return
        me = self.current()
        if not self.may_await(place, me):
            self.log(who, f'does not await t{place}')
            return
        self.waits[me] = place
        try:
            value = await target
        finally:
            del self.waits[me]
        self.log(who, f'awaited t{place}', value)

    def may_await(self, place, me):
        if place in self.spoilt:
            return False
        # Cancelling a ring of tasks would recurse for ever.
        while place is not None and place != me:
            place = self.waits.get(place)
        return place != me

    async def flow_awaitSelf(self, statement, who, caught):
        me = self.current()
        if me not in self.spoilt:
            self.spoilt.add(me)
            await self.tables['task'][me]

    async def flow_awaitHeld(self, statement, who, caught):
        place = self.choose(self.held, statement[1])
        if place is None or self.held[place]['state'] not in ('fresh', 'over'):
            return
        self.log(who, f'awaited h{place}', await self.held[place]['coroutine'])

    async def flow_try(self, statement, who, caught):
        _, body, handler, final = statement
        try:
            try:
                return await self.block(body, who, caught)
            except BaseException as error:
                if self.over or handler is None or not catches(handler[0], error):
                    raise
                self.log(who, 'caught', describe(error))
                return await self.block(handler[1], who, error)
        finally:
            if final is not None and not self.over:
                self.log(who, 'finally')
                completion = await self.block(final, who, caught)
                if completion is not None:
                    return completion

    async def flow_repeat(self, statement, who, caught):
        for _ in range(statement[1]):
            completion = await self.block(statement[2], who, caught)
            if completion is not None:
                return completion

    async def flow_return(self, statement, who, caught):
        return [statement[1]]


def in_order_of_creation(find):
    """At the end of a run CPython cancels in the order of a set; ours is that of creation."""

    def all_tasks(loop=None):
        return sorted(find(loop), key=lambda task: int(task.get_name().removeprefix('Task-')))

    return all_tasks


def main():
    check_python()
    warnings.simplefilter('ignore')
    sys.unraisablehook = lambda unraisable: None
    asyncio.runners.tasks.all_tasks = in_order_of_creation(asyncio.tasks.all_tasks)
    gc.disable()
    for number, line in enumerate(sys.stdin):
        trace = Interpreter(json.loads(line)).play()
        sys.stdout.write(json.dumps(trace, separators=(',', ':')) + '\n')
        if number % 50 == 49:
            gc.collect()


if __name__ == '__main__':
    main()
