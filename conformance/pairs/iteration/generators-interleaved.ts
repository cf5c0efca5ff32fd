// Two tasks over generators of their own, and two over one lock: each step is where it is in asyncio.

import { asyncGenerator, coroutine, gather, Lock, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const ticker = asyncGenerator(async function* (name: string, n: number, turns: number) {
  for (let k = 0; k < n; k++) {
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    yield `${name}${k}`
  }
})

const consumer = coroutine(async (agen: AsyncGenerator<string>, lock: Lock) => {
  for await (const item of agen) {
    await using _held = await lock.acquire()
    log(item)
    await sleep(0)
  }
})

export const main = program(async () => {
  const lock = new Lock()
  await gather(['a', 'b', 'c'].map((name, turns) => consumer(ticker(name, 3, turns), lock)))
})
