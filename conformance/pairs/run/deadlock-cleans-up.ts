// Tasks that can never go on are cancelled when their run is given up.

import { getRunningLoop } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  try {
    await getRunningLoop().createFuture()
  } finally {
    log('finally')
  }
})
