// result() and exception() of a task that was cancelled throw a CancelledError with the reason, into the next task too.

import { coroutine, createTask, sleep, type Task, wait } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const sleeper = coroutine(async () => {
  await sleep(10)
})

const reader = coroutine(async (read: (task: Task<void>) => unknown, given: unknown[]) => {
  const task = createTask(sleeper())
  await sleep(0)
  task.cancel(...given)
  const { done, pending } = await wait([task])
  log(done.has(task), pending.size)
  try {
    read(task)
  } catch (error) {
    log('reader', reason(error))
    throw error
  }
})

export const main = program(async () => {
  for (const read of [
    (task: Task<void>) => task.result(),
    (task: Task<void>) => task.exception(),
  ]) {
    for (const given of [[], [null], ['text'], [5]]) {
      const task = createTask(reader(read, given))
      try {
        await task
      } catch (error) {
        log('main', reason(error), task.cancelled())
      }
    }
  }
})
