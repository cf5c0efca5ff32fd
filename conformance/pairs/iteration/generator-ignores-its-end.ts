// A generator that yields while it is closed gets a RuntimeError out of whoever closes it.

import { anext, asyncGenerator, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const greedy = asyncGenerator(async function* () {
  try {
    yield 1
  } finally {
    await sleep(1)
    log('one more')
    yield 2
  }
})

export const main = program(async () => {
  const agen = greedy()
  log(await anext(agen))
  try {
    await agen.aclose()
  } catch (error) {
    log(error)
  }
})
