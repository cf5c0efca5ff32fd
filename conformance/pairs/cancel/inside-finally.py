"""A cancel while a finally block waits interrupts the clean-up."""

import asyncio

from harness import log


async def child():
    try:
        await asyncio.sleep(10)
        return 'value'
    finally:
        log('clean-up begins')
        try:
            await asyncio.sleep(100)
            log('not reached')
        finally:
            log('clean-up cut short')


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(50)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError as error:
        log(error)
