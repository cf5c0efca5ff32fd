// An async generator that has thrown is over: the next one finds its end.

import { anext, asyncGenerator, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const bad = asyncGenerator(async function* () {
  yield 1
  await sleep(1)
  throw new RangeError()
})

export const main = program(async () => {
  const agen = bad()
  try {
    for await (const k of agen) {
      log(k)
    }
  } catch (error) {
    log('caught', error)
  }
  try {
    await anext(agen)
  } catch (error) {
    log(error)
  }
  log(await anext(agen, 'default'))
  await agen.aclose()
})
