// A foreign cancel in each iteration around the expiry of a timeout: TimeoutError or CancelledError, and the count.

import {
  coroutine,
  createTask,
  currentTask,
  sleep,
  type Task,
  type Timeout,
  timeout,
  wait,
} from 'hocket'
import { log, program, spend } from '../../src/harness.ts'

const worker = coroutine(async () => {
  const task = currentTask() as Task<unknown>
  let scope: Timeout | undefined
  try {
    await timeout(10, async (inside) => {
      scope = inside
      try {
        await sleep(100)
      } finally {
        await sleep(0)
      }
    })
  } catch (error) {
    log('worker', error, scope?.expired(), task.cancelling())
  }
  try {
    await sleep(0)
    log('goes on')
  } catch {
    log('cancelled after', task.cancelling())
  }
})

export const main = program(async () => {
  for (let turns = 0; turns < 6; turns++) {
    const task = createTask(worker())
    await sleep(9.5)
    spend(0.5)
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    log('cancel', turns, task.cancel())
    await wait([task])
  }
})
