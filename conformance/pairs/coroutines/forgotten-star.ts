// Yielding a future itself, not from it, throws RuntimeError into the generator.

import { coroutine, type Future, getRunningLoop, type Suspension } from 'hocket'
import { log, program } from '../../src/harness.ts'

function* child(future: Future<string>): Generator<Suspension, string, unknown> {
  try {
    yield future as never
  } catch (error) {
    log('caught', error)
  }
  return yield* future
}

export const main = program(async () => {
  const loop = getRunningLoop()
  const future = loop.createFuture<string>()
  loop.callLater(3, () => future.setResult('value'))
  log(await coroutine(child)(future))
})
