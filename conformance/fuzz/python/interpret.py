"""Plays random programs on CPython's asyncio: one JSON program a line in, one JSON trace a line out.

    python3.13 interpret.py < programs

The twin of play/interpreter.ts; the files in language/ say what the statements are.
"""

import asyncio
import gc
import itertools
import json
import sys
import warnings

from combine import Combine
from core import Core
from iteration import Iteration
from ordered import order_sets
from queueing import Queues
from reasons import forget_swallowed_reasons
from scopes import Scopes
from stage import describe, say
from sync import Sync
from harness import check_python, outcome

REPORTS = {
    'Exception in callback': 'callback',
    'unhandled exception during': 'shutdown',
    'an error occurred during closing of': 'generator',
}


def catches(kind, error):
    if kind == 'any':
        return True
    return isinstance(error, asyncio.CancelledError) == (kind == 'cancelled')


class Interpreter(Core, Sync, Queues, Combine, Scopes, Iteration):
    def __init__(self, program):
        super().__init__(program)
        self.activations = itertools.count()

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
        self.enter_task()
        return await self.activate(0)

    async def activate(self, number, held=None):
        who = next(self.activations)
        self.enter_task()
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
            if self.fuel == 0 or self.over:
                break
            self.fuel -= 1
            flow = getattr(self, 'flow_' + statement[0], None)
            if flow is None:
                self.step(statement, who, caught)
                continue
            completion = await flow(who, caught, *statement[1:])
            if completion is not None:
                return completion
        return None

    async def flow_sleep(self, who, caught, ms):
        await asyncio.sleep(self.delay(ms) if ms > 0 else 0)

    async def flow_call(self, who, caught, number):
        self.log(who, 'called', say(await self.activate(number)))

    async def flow_await(self, who, caught, kind, index):
        place = self.choose_other(kind, index)
        if place is None:
            return
        name = f'{kind[0]}{place}'
        result = await self.wait_for_it(who, name, self.tables[kind][place])
        if result is not None:
            self.log(who, f'awaited {name}', say(result[0]))

    async def flow_awaitSelf(self, who, caught):
        me = asyncio.current_task()
        if me not in self.spoilt:
            self.spoilt.add(me)
            await me

    async def flow_awaitHeld(self, who, caught, index):
        place = self.choose(self.held, index)
        if place is None or self.held[place]['state'] not in ('fresh', 'over'):
            return
        self.log(who, f'awaited h{place}', say(await self.held[place]['coroutine']))

    async def flow_try(self, who, caught, body, handler, final):
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

    async def flow_repeat(self, who, caught, times, block):
        for _ in range(times):
            completion = await self.block(block, who, caught)
            if completion is not None:
                return completion

    async def flow_return(self, who, caught, value):
        return [value]


def main():
    check_python()
    warnings.simplefilter('ignore')
    sys.unraisablehook = lambda unraisable: None
    order_sets()
    forget_swallowed_reasons()
    gc.disable()
    for number, line in enumerate(sys.stdin):
        trace = Interpreter(json.loads(line)).play()
        # Flushed, so that it can be seen which program never ends.
        print(json.dumps(trace, separators=(',', ':')), flush=True)
        if number % 50 == 49:
            gc.collect()


if __name__ == '__main__':
    main()
