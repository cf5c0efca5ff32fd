// A run fails with the error of its main coroutine.

import { sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  try {
    await sleep(5)
    throw new RangeError('main')
  } finally {
    log('finally')
  }
})
