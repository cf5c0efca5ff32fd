// What a generator throws while run closes it is told to the exception handler; run gives main's result.

import { anext, asyncGenerator, sleep } from 'hocket'
import { log, logErrors, program } from '../../src/harness.ts'

const bad = asyncGenerator(async function* (error: Error) {
  try {
    yield 1
  } finally {
    await sleep(1)
    log('throws', error)
    // biome-ignore lint/correctness/noUnsafeFinally: what this program is about
    throw error
  }
})

const agens: AsyncGenerator<number>[] = []

export const main = program(async () => {
  logErrors()
  const agen = bad(new RangeError())
  agens.push(agen)
  log(await anext(agen))
  return 'result'
})
