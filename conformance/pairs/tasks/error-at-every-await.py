"""A failed task throws the same error object at every await, from `result()` and as `exception()`."""

import asyncio

from harness import log, message


async def child():
    await asyncio.sleep(1)
    raise ValueError('failed')


async def main():
    task = asyncio.create_task(child())
    errors = []
    for _ in range(2):
        try:
            await task
        except ValueError as error:
            log(error, message(error))
            errors.append(error)
    try:
        task.result()
    except ValueError as error:
        errors.append(error)
    errors.append(task.exception())
    log(len(errors), all(error is errors[0] for error in errors))
    log(task.done(), task.cancelled())
