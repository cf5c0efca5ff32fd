"""Who asks for a lock in each iteration around a release: always behind those that were there before."""

import asyncio

from harness import log


async def worker(lock, name, turns=0):
    for _ in range(turns):
        await asyncio.sleep(0)
    log(name, 'asks', lock.locked())
    async with lock:
        log(name, 'has it')


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    tasks = [asyncio.create_task(worker(lock, name)) for name in 'ab']
    tasks += [asyncio.create_task(worker(lock, f'late {n}', n)) for n in range(1, 6)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    lock.release()
    log('released')
    await asyncio.gather(*tasks)
