// A timeout around the loop over a generator strikes inside the generator, which is closed by that.

import { anext, asyncGenerator, sleep, timeout, waitFor } from 'hocket'
import { log, program } from '../../src/harness.ts'

const ticker = asyncGenerator(async function* () {
  try {
    for (let n = 0; n < 10; n++) {
      await sleep(10)
      yield n
    }
  } finally {
    log('closed')
  }
})

export const main = program(async () => {
  try {
    await timeout(25, async () => {
      for await (const n of ticker()) {
        log(n)
      }
    })
  } catch (error) {
    log(error)
  }
  const agen = ticker()
  for (let k = 0; k < 2; k++) {
    try {
      log(await waitFor(anext(agen, 'over'), 5))
    } catch (error) {
      log(error)
    }
  }
})
