// A StopAsyncIteration thrown inside an async generator is a RuntimeError outside: it does not end the loop.

import { asyncGenerator, StopAsyncIteration } from 'hocket'
import { log, program } from '../../src/harness.ts'

const bad = asyncGenerator(async function* () {
  yield 1
  throw new StopAsyncIteration()
})

export const main = program(async () => {
  try {
    for await (const k of bad()) {
      log(k)
    }
  } catch (error) {
    log(error, (error as Error).cause)
  }
})
