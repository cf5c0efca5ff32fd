"""wait_for looks at its predicate each time it is woken, and gives what the predicate gave."""

import asyncio

from harness import log


async def consumer(condition, items, name):
    async with condition:
        item = await condition.wait_for(lambda: items and items.pop(0))
        log(name, 'gets', item)


async def main():
    condition = asyncio.Condition()
    items = []
    tasks = [asyncio.create_task(consumer(condition, items, name)) for name in 'ab']
    await asyncio.sleep(1)
    for n in range(3):
        async with condition:
            log('produces', n)
            if n:
                items.append(f'item {n}')
            condition.notify_all()
        await asyncio.sleep(1)
    await asyncio.gather(*tasks)
