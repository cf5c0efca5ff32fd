"""An error of the predicate goes to who waits, with the lock held, and the others wait on."""

import asyncio

from harness import log


async def waiter(condition, name, state):
    async with condition:
        try:
            def look():
                if state['value'] == name:
                    raise ValueError
                return state['value'] == 'go'

            log(name, await condition.wait_for(look))
        except ValueError as error:
            log(name, error, condition.locked())


async def main():
    condition = asyncio.Condition()
    state = {'value': None}
    tasks = [asyncio.create_task(waiter(condition, name, state)) for name in 'abc']
    await asyncio.sleep(1)
    for value in ('b', 'go'):
        async with condition:
            state['value'] = value
            condition.notify_all()
        await asyncio.sleep(1)
        log(value, [task.done() for task in tasks], condition.locked())
