"""Operands, arguments and elements that await are evaluated from left to right."""

import asyncio

from harness import log


async def item(value, delay):
    log('start', value)
    await asyncio.sleep(delay)
    log('end', value)
    return value


def add(*values):
    log('add', list(values))
    return sum(values)


async def main():
    log(add(await item(1, 2), await item(2, 1), 3))
    log([await item(4, 1), *[await item(5, 0)]])
    log(await item(6, 0) if await item(True, 0) else await item(7, 0))
    log(await item(0, 0) or await item(8, 0))
    log({'key': await item(9, 0)}, f'{await item(10, 0)}')
