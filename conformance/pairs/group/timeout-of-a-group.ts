// A timeout around a group cancels the group; errors of its clean-up win over the TimeoutError.

import {
  coroutine,
  currentTask,
  ExceptionGroup,
  sleep,
  type Task,
  type Timeout,
  taskGroup,
  timeout,
} from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (fails: boolean) => {
  try {
    await sleep(100 + Number(fails))
  } finally {
    log('child ends')
    // biome-ignore lint/correctness/noUnsafeFinally: what this program is about
    if (fails) throw new Error('division by zero')
  }
})

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  for (const fails of [false, true]) {
    let scope: Timeout | undefined
    try {
      await timeout(10, async (inside) => {
        scope = inside
        await taskGroup(async (group) => {
          group.createTask(child(fails))
          try {
            throw new RangeError()
          } finally {
            await sleep(50)
          }
        })
      })
    } catch (error) {
      if (error instanceof ExceptionGroup) {
        log('group', error.exceptions.length, scope?.expired(), task.cancelling())
      } else {
        log('caught', error, scope?.expired(), task.cancelling())
      }
    }
  }
})
