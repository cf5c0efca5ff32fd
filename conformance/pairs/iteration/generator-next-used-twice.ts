// What next gave is good for one await, like any coroutine; so is what aclose gave.

import { anext, asyncGenerator } from 'hocket'
import { log, program } from '../../src/harness.ts'

const count = asyncGenerator(async function* () {
  yield 1
  yield 2
})

export const main = program(async () => {
  const agen = count()
  const asking = anext(agen)
  log(await asking)
  try {
    await asking
  } catch (error) {
    log(error)
  }
  const closing = agen.aclose()
  await closing
  try {
    await closing
  } catch (error) {
    log(error)
  }
  await agen.aclose()
  log(await anext(agen, 'over'))
})
