// A child fails in each iteration around the expiry of the timeout of its group: the group's error, or TimeoutError.

import {
  CancelledError,
  coroutine,
  currentTask,
  sleep,
  type Task,
  type Timeout,
  taskGroup,
  timeout,
} from 'hocket'
import { log, program, spend } from '../../src/harness.ts'

const bad = coroutine(async (turns: number) => {
  try {
    await sleep(9.5)
    spend(0.5)
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    log('raises')
    throw new RangeError()
  } catch (error) {
    if (error instanceof CancelledError) log('cancelled')
    throw error
  }
})

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  for (let turns = 0; turns < 5; turns++) {
    let scope: Timeout | undefined
    try {
      await timeout(10, async (inside) => {
        scope = inside
        await taskGroup(async (group) => {
          group.createTask(bad(turns))
        })
      })
    } catch (error) {
      log(turns, error, scope?.expired(), task.cancelling())
    }
    try {
      await sleep(1)
    } catch {
      log('cancelled after', task.cancelling())
      task.uncancel()
    }
  }
})
