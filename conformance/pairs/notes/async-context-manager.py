"""A resource that is opened and closed with awaits around a block."""

import asyncio

from harness import log


class Connection:
    async def do_something(self):
        return 666

    async def __aenter__(self):
        self.conn = await asyncio.sleep(1000)
        log('open')
        return self

    async def __aexit__(self, exc_type, exc, tb):
        await asyncio.sleep(1000)
        log('closed', exc)


async def main():
    async with Connection() as connection:
        log(await connection.do_something())
    try:
        async with Connection():
            raise ValueError('inside')
    except ValueError as error:
        log(error)
