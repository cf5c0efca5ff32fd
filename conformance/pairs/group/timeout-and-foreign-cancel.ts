// A cancel from outside goes through a timeout as it is, even when both strike in the same iteration.

import {
  coroutine,
  createTask,
  currentTask,
  getRunningLoop,
  sleep,
  type Task,
  type Timeout,
  timeout,
} from 'hocket'
import { log, program, spend } from '../../src/harness.ts'

const worker = coroutine(async (delay: number) => {
  const task = currentTask() as Task<unknown>
  let scope: Timeout | undefined
  try {
    await timeout(delay, async (inside) => {
      scope = inside
      await sleep(100)
    })
  } catch (error) {
    log('worker', error, scope?.expired(), task.cancelling())
    throw error
  }
})

export const main = program(async () => {
  const loop = getRunningLoop()
  for (const [delay, busy] of [
    [50, 0],
    [20, 15],
    [9, 15],
  ] as const) {
    const task = createTask(worker(delay))
    loop.callLater(10, () => task.cancel('foreign'))
    await sleep(5)
    spend(busy)
    try {
      await task
    } catch (error) {
      log('main', error, task.cancelling())
    }
  }
})
