// Finally blocks run innermost first, and may await.

import { coroutine, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const nested: (n: number) => PromiseLike<void> = coroutine(async (n: number) => {
  try {
    log('enter', n)
    if (n < 3) {
      await nested(n + 1)
    } else {
      await sleep(1)
      throw new RangeError('deepest')
    }
    log('not reached')
  } finally {
    log('leave', n)
    await sleep(n)
    log('left', n)
  }
})

export const main = program(async () => {
  try {
    await nested(1)
  } catch (error) {
    log(error)
  }
})
