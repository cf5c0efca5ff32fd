// A delay that is no number is a ValueError when the sleep is awaited.

import { sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  try {
    await sleep(Number.NaN)
  } catch (error) {
    log('caught', error)
  }
  log('goes on')
})
