// A deadline for each of several steps: the one that takes too long is given up, the rest goes on.

import { coroutine, sleep, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

const step = coroutine(async (name: string, delay: number) => {
  try {
    return await timeout(20, async () => {
      await sleep(delay)
      return name
    })
  } catch {
    return `${name} timed out`
  }
})

export const main = program(async () => {
  for (const [name, delay] of [
    ['a', 5],
    ['b', 30],
    ['c', 19],
    ['d', 21],
  ] as const) {
    log(await step(name, delay))
  }
})
