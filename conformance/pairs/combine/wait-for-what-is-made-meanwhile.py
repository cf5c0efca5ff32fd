"""A set of tasks that grows: wait again for what is pending and what is new, until nothing is."""

import asyncio

from harness import log


async def visit(page, links):
    await asyncio.sleep(len(page) + page.count('b') / 10)
    log('visited', page)
    return links.get(page, [])


async def main():
    links = {'a': ['ab', 'aba'], 'ab': ['abbb', 'abab'], 'aba': ['abababb']}
    pending = {asyncio.create_task(visit('a', links))}
    while pending:
        done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            for page in task.result():
                pending.add(asyncio.create_task(visit(page, links)))
        log(len(done), len(pending))
