"""Generators that delegate to each other, without any loop: 1 3 4 2."""

from harness import log


def func1():
    yield 1
    yield from func2()
    yield 2


def func2():
    yield 3
    yield 4


async def main():
    for item in func1():
        log(item)
