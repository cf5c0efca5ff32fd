// An error that is thrown into an async generator comes at its yield; caught, it goes on, uncaught, it ends.

import { anext, asyncGenerator, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const stubborn = asyncGenerator(async function* () {
  for (let n = 0; n < 3; n++) {
    try {
      yield n
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      log('inside', error)
      await sleep(2)
    }
  }
})

export const main = program(async () => {
  const agen = stubborn()
  log(await anext(agen))
  log((await agen.throw(new RangeError())).value)
  try {
    await agen.throw(new TypeError())
  } catch (error) {
    log('outside', error)
  }
  log(await anext(agen, 'over'))
  const fresh = stubborn()
  try {
    await fresh.throw(new RangeError())
  } catch (error) {
    log('not begun', error)
  }
  log(await anext(fresh, 'over'))
})
