// An eagerly started task runs its first step inside the call that makes it.

import { allTasks, type Coroutine, coroutine, createTask, currentTask, sleep } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

// An async function shows its end, and what it awaits, one microtask later than its caller goes on:
// what is done inside the call is a generator.
const immediate = coroutine(function* () {
  log('immediate', currentTask()?.getName())
  return 'now'
})

const suspending = coroutine(function* () {
  log('suspending')
  yield* sleep(1)
  log('resumed', currentTask()?.getName())
  return 'later'
})

const failing = coroutine(function* (): Generator<never, string> {
  log('failing')
  throw new RangeError('eager')
})

const eager = (coro: Coroutine<string>, name: string) =>
  createTask(coro, { name, eagerStart: true })

export const main = program(async () => {
  currentTask()?.setName('main')
  const first = eager(immediate(), 'first')
  log(currentTask()?.getName(), first.done(), first.result())
  const second = eager(suspending(), 'second')
  log(currentTask()?.getName(), second.done())
  const third = eager(failing(), 'third')
  log(currentTask()?.getName(), third.done(), third.exception())
  log(allTasks().size)
  const start = ticks()
  log(await first, ticks() - start)
  log(await second)
})
