// An eagerly started task that suspends goes on like any other, and can be cancelled.

import { coroutine, createTask, type Future, getRunningLoop } from 'hocket'
import { log, program } from '../../src/harness.ts'

// An async function shows its end, and what it awaits, one microtask later than its caller goes on:
// what is done inside the call is a generator.
const worker = coroutine(function* (name: string, future: Future<string>) {
  log(name, 'start')
  try {
    return yield* future
  } catch (error) {
    log(name, error)
    throw error
  } finally {
    log(name, 'end')
  }
})

export const main = program(async () => {
  const loop = getRunningLoop()
  const [one, two] = [loop.createFuture<string>(), loop.createFuture<string>()]
  const first = createTask(worker('first', one), { eagerStart: true })
  const second = createTask(worker('second', two), { eagerStart: true })
  log('both wait')
  second.cancel()
  one.setResult('value')
  log(await first)
  log(second.cancelled(), two.cancelled())
})
