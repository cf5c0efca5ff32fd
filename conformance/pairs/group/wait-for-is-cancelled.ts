// Cancelling a task in waitFor cancels what it waits for, and is no TimeoutError; a shield keeps that alive.

import { coroutine, createTask, shield, sleep, wait, waitFor } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const child = coroutine(async (delay: number) => {
  try {
    await sleep(delay)
    return 'value'
  } catch (error) {
    log('child', reason(error))
    throw error
  }
})

const waiter = coroutine(async (awaitable: PromiseLike<string>) => {
  try {
    await waitFor(awaitable, 1000)
  } catch (error) {
    log('waiter', error, reason(error))
    throw error
  }
})

export const main = program(async () => {
  const inner = createTask(child(100))
  for (const awaitable of [child(300), shield(inner), inner]) {
    const task = createTask(waiter(awaitable))
    await sleep(10)
    task.cancel('from main')
    await wait([task])
    log(task.cancelled(), inner.cancelled())
  }
})
