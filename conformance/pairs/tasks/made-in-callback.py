"""Tasks made in callbacks of the loop and of other tasks start one iteration later."""

import asyncio

from harness import log


async def child(name, delay):
    log('start', name)
    await asyncio.sleep(delay)
    return name


async def main():
    loop = asyncio.get_running_loop()
    made = []

    def spawn(name, delay):
        log('spawn', name)
        made.append(loop.create_task(child(name, delay)))

    loop.call_soon(spawn, 'soon', 2)
    loop.call_later(5, spawn, 'later', 3)
    task = loop.create_task(child('own', 1))
    task.add_done_callback(lambda task: spawn('after ' + task.result(), 2.5))
    await asyncio.sleep(10)
    for each in made:
        log(each.result())
