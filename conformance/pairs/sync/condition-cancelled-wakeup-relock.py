"""A notified waiter that is cancelled while it takes the lock again passes the wake-up on: none is lost."""

import asyncio

from harness import log


async def main():
    condition = asyncio.Condition()
    state = 0

    async def consumer(name):
        nonlocal state
        async with condition:
            while True:
                await condition.wait_for(lambda: state != 0)
                if state < 0:
                    return
                state -= 1
                log(name, 'takes one')
                condition.notify_all()

    tasks = [asyncio.create_task(consumer(name)) for name in 'ab']
    await asyncio.sleep(0)
    async with condition:
        state += 1
        condition.notify(1)
        await asyncio.sleep(0)
        tasks[0].cancel()
        try:
            async with asyncio.timeout(10):
                await condition.wait_for(lambda: state == 0)
            log('consumed')
        except TimeoutError:
            log('lost')
        state = -1
        condition.notify_all()
    await tasks[1]
    log(tasks[0].cancelled())
