"""What a random program can do anywhere, callbacks included, with tasks, futures and the loop. The twin of
play/core.ts."""

import asyncio

from stage import RAISED, Stage, describe, say, state


class Core(Stage):
    def action(self, block):
        for statement in block:
            if self.fuel == 0:
                break
            self.fuel -= 1
            self.step(statement, '-', None)

    def step(self, statement, who, caught):
        getattr(self, 'step_' + statement[0])(who, caught, *statement[1:])

    def step_log(self, who, caught, label):
        self.log(who, 'log', label)

    def step_who(self, who, caught):
        self.log(who, 'in', self.current())

    def spawn(self, who, coroutine):
        self.log(who, f"spawns t{len(self.tables['task'])}")
        self.tables['task'].append(asyncio.create_task(coroutine))

    def step_spawn(self, who, caught, number):
        self.spawn(who, self.activate(number))

    def step_hold(self, who, caught, number):
        held = {'state': 'fresh'}
        held['coroutine'] = self.activate(number, held)
        self.held.append(held)

    def step_spawnHeld(self, who, caught, index):
        place = self.choose(self.held, index)
        if place is None or self.held[place]['state'] not in ('fresh', 'over'):
            return
        held = self.held[place]
        if held['state'] == 'fresh':
            held['state'] = 'taken'
        self.spawn(who, held['coroutine'])

    def step_cancel(self, who, caught, kind, index, reason):
        place = self.choose_other(kind, index)
        if place is not None:
            accepted = self.tables[kind][place].cancel(reason)
            self.log(who, f'cancel {kind[0]}{place}', accepted)

    def step_selfCancel(self, who, caught, reason):
        asyncio.current_task().cancel(reason)

    def step_uncancel(self, who, caught, index):
        place = self.choose(self.tables['task'], index)
        if place is not None:
            self.log(who, f'uncancel t{place}', self.tables['task'][place].uncancel())

    def step_look(self, who, caught, kind, index):
        place = self.choose(self.tables[kind], index)
        if place is None:
            return
        target = self.tables[kind][place]
        requests = target.cancelling() if kind == 'task' else '-'
        self.log(who, f'look {kind[0]}{place}', target.done(), target.cancelled(), requests)

    def step_read(self, who, caught, kind, index, what):
        place = self.choose(self.tables[kind], index)
        if place is None:
            return
        try:
            value = getattr(self.tables[kind][place], what)()
        except BaseException as error:
            self.log(who, f'read {kind[0]}{place} fails', describe(error))
            return
        self.log(who, f'read {kind[0]}{place}', say(value))

    def step_raise(self, who, caught, kind, label):
        raise RAISED[kind](label)

    def step_rethrow(self, who, caught):
        if caught is not None:
            raise caught

    def step_future(self, who, caught):
        future = self.loop.create_future()
        self.settled_here.add(future)
        self.tables['future'].append(future)

    def settle(self, index, forced, settle):
        place = self.choose(self.tables['future'], index)
        if place is None:
            return
        future = self.tables['future'][place]
        if future in self.settled_here and (forced or not future.done()):
            settle(future)

    def step_setResult(self, who, caught, index, value, forced):
        self.settle(index, forced, lambda future: future.set_result(value))

    def step_setException(self, who, caught, index, kind, label, forced):
        self.settle(index, forced, lambda future: future.set_exception(RAISED[kind](label)))

    def step_callSoon(self, who, caught, block):
        self.handles.append(self.loop.call_soon(self.action, block))

    def step_callLater(self, who, caught, ms, block):
        self.handles.append(self.loop.call_later(self.delay(ms), self.action, block))

    def step_cancelHandle(self, who, caught, index):
        place = self.choose(self.handles, index)
        if place is not None:
            self.handles[place].cancel()

    def step_addCallback(self, who, caught, kind, index, block):
        place = self.choose(self.tables[kind], index)
        if place is None:
            return
        number = len(self.callbacks)

        def callback(future):
            if not self.over:
                self.log('-', f'callback {number}', state(future))
                self.action(block)

        self.callbacks.append(callback)
        self.tables[kind][place].add_done_callback(callback)

    def step_addAgain(self, who, caught, kind, index, which):
        place, number = self.choose(self.tables[kind], index), self.choose(self.callbacks, which)
        if place is not None and number is not None:
            self.tables[kind][place].add_done_callback(self.callbacks[number])

    def step_removeCallback(self, who, caught, kind, index, which):
        place, number = self.choose(self.tables[kind], index), self.choose(self.callbacks, which)
        if place is not None and number is not None:
            removed = self.tables[kind][place].remove_done_callback(self.callbacks[number])
            self.log(who, f'removed callback {number}', removed)

    def step_set(self, who, caught, which, value):
        self.vars[which].set(value)

    def step_get(self, who, caught, which):
        self.log(who, 'xy'[which], self.vars[which].get())
