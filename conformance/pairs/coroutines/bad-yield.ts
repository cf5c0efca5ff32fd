// Yielding what is no awaitable throws RuntimeError into the generator, which may go on.

import { coroutine, type Suspension, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

function* child(): Generator<Suspension, string, unknown> {
  try {
    yield 5 as never
  } catch (error) {
    log('caught', error)
  }
  yield* sleep(1)
  return 'went on'
}

export const main = program(async () => {
  log(await coroutine(child)())
})
