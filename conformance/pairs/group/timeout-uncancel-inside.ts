// A body that takes back its timeout's cancel by hand: no TimeoutError, and what is counted.

import { currentTask, sleep, type Task, type Timeout, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  let scope: Timeout | undefined
  try {
    await timeout(10, async (inside) => {
      scope = inside
      try {
        await sleep(100)
      } catch (error) {
        log('uncancel', task.uncancel())
        throw error
      }
    })
  } catch (error) {
    log(error, scope?.expired(), task.cancelling())
  }
  try {
    await timeout(10, async (inside) => {
      scope = inside
      try {
        await sleep(100)
      } catch {
        task.uncancel()
      }
      await sleep(1)
    })
    log('no error', scope?.expired(), task.cancelling())
  } catch (error) {
    log(error, scope?.expired(), task.cancelling())
  }
})
