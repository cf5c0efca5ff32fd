// A timeout in the body of a group and a child's error in one busy stretch: the TimeoutError joins the group.

import { coroutine, currentTask, sleep, type Task, type Timeout, taskGroup, timeout } from 'hocket'
import { log, program, spend } from '../../src/harness.ts'

const bad = coroutine(async (delay: number) => {
  await sleep(delay)
  throw new RangeError()
})

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  for (const delay of [5, 20, 8]) {
    try {
      await taskGroup(async (group) => {
        group.createTask(bad(delay))
        await sleep(0)
        let scope: Timeout | undefined
        try {
          await timeout(8.5, async (inside) => {
            scope = inside
            spend(30)
            await sleep(100)
          })
        } catch (error) {
          log('body', error, scope?.expired(), task.cancelling())
          throw error
        }
      })
    } catch (error) {
      log(delay, error, task.cancelling())
    }
  }
})
