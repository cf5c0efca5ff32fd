"""The Python side of the suites "http" and "download": aiohttp."""

import asyncio
import functools
import pathlib
import tempfile
import time

import aiohttp
from harness import check, node_server, run, serve

REQUESTS = 3000
AT_ONCE = 100
BYTES = 14

origin = functools.cache(node_server)


async def get_small():
    async with aiohttp.ClientSession() as session:
        left = REQUESTS
        total = 0

        async def caller():
            nonlocal left, total
            while left > 0:
                left -= 1
                async with session.get(origin("small") + "/") as response:
                    total += len(await response.read())

        start = time.perf_counter()
        await asyncio.gather(*(caller() for _ in range(AT_ONCE)))
        ns = (time.perf_counter() - start) * 1e9 / REQUESTS
        check("bytes", total, REQUESTS * BYTES)
        return ns


def small_gets(loop_factory):
    """ns for each request, a hundred at a time."""
    return run(loop_factory, get_small())


async def save_all(folder, size, count, limit, delay):
    """As such scripts are written: a session, a semaphore, gather, and a file for each response."""
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=limit)
    ) as session:
        semaphore = asyncio.Semaphore(limit)

        async def save(name):
            async with semaphore:
                url = f"{origin('files', str(delay))}/{size}/{name}"
                async with session.get(url) as response:
                    content = await response.content.read()
                    with open(folder / name, "wb") as file:
                        file.write(content)

        start = time.perf_counter()
        await asyncio.gather(*(save(f"{n}.bin") for n in range(count)))
        return (time.perf_counter() - start) * 1e3


def download(loop_factory, size, count, limit, delay):
    # It is removed with the folder of the whole suite.
    folder = pathlib.Path(tempfile.mkdtemp(prefix="files-"))
    ms = run(loop_factory, save_all(folder, size, count, limit, delay))
    files = list(folder.iterdir())
    check("files", len(files), count)
    check("bytes", sum(file.stat().st_size for file in files), count * size)
    return ms


def images(loop_factory):
    """ms for 300 images of 100 KB, 32 at a time, from a server 50 ms away."""
    return download(loop_factory, 100_000, 300, 32, 50)


def many_small(loop_factory):
    """ms for 10,000 files of 1 KB, 100 at a time."""
    return download(loop_factory, 1000, 10_000, 100, 0)


serve(small_gets, images, many_small)
