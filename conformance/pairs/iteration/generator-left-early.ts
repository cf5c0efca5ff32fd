// Leaving an async generator early closes it: its finally runs to the end, with all that it awaits, first.

import { asyncGenerator, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const count = asyncGenerator(async function* () {
  let k = 0
  try {
    while (true) {
      yield k
      k += 1
    }
  } finally {
    log('closing')
    await sleep(5)
    log('closed')
  }
})

export const main = program(async () => {
  for await (const k of count()) {
    log(k)
    if (k === 2) break
  }
  log('after')
  try {
    for await (const _k of count()) {
      throw new RangeError()
    }
  } catch (error) {
    log('caught', error)
  }
})
