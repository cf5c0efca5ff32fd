"""Parties of different speed through many rounds of a barrier: none is a round ahead."""

import asyncio

from harness import log


async def main():
    barrier = asyncio.Barrier(3)
    rounds = []

    async def party(n):
        for k in range(4):
            for _ in range((n * 5 + k * 3) % 4):
                await asyncio.sleep(0)
            index = await barrier.wait()
            rounds.append(k)
            log(n, k, index)

    await asyncio.gather(*[party(n) for n in range(3)])
    log(rounds == sorted(rounds))
