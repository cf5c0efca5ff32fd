// An error raised in a finally block takes the place of the one on its way.

import { coroutine, sleep } from 'hocket'
import { log, message, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  try {
    await sleep(1)
    throw new RangeError('first')
  } finally {
    await sleep(1)
    // biome-ignore lint/correctness/noUnsafeFinally: what this program is about
    throw new TypeError('second')
  }
})

export const main = program(async () => {
  try {
    await child()
  } catch (error) {
    log(error, message(error))
  }
})
