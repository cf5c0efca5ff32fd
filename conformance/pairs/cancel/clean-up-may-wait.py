"""After a cancel the clean-up may wait as long as it likes; a second cancel cuts it short."""

import asyncio

from harness import log, reason


async def child(name, delay):
    try:
        await asyncio.sleep(delay)
    finally:
        log(name, 'clean-up')
        await asyncio.sleep(30)
        log(name, 'cleaned')


async def main():
    patient = asyncio.create_task(child('patient', 1000))
    hasty = asyncio.create_task(child('hasty', 2000))
    await asyncio.sleep(1)
    patient.cancel()
    await asyncio.sleep(1)
    hasty.cancel('one')
    await asyncio.sleep(10)
    hasty.cancel('two')
    for task in (patient, hasty):
        try:
            await task
        except asyncio.CancelledError as error:
            log(error, reason(error), task.cancelling())
