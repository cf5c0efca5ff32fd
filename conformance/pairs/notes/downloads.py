"""Three downloads as tasks: all are sent before the first arrives."""

import asyncio

from harness import log


async def download(url, delay):
    log('send', url)
    await asyncio.sleep(delay)
    log('download', url)
    return len(url)


async def main():
    images = {'first.jpg': 320, 'second.jpg': 150, 'third.jpg': 240}
    for url, delay in images.items():
        await download(url, delay)
    log('over')
    tasks = [asyncio.create_task(download(url, delay)) for url, delay in images.items()]
    for task in tasks:
        log(await task)
    log('over')
