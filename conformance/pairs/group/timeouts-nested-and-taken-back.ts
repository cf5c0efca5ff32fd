// Inside two timeouts, the body takes the outer one's cancel back by hand: all that counts is how many are left.

import { currentTask, sleep, type Task, type Timeout, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  let outer: Timeout | undefined
  let inner: Timeout | undefined
  await timeout(5, async (entered) => {
    outer = entered
    try {
      await timeout(10, async (inside) => {
        inner = inside
        try {
          await sleep(100)
        } catch {
          log('outer', outer?.expired(), task.uncancel())
        }
        await sleep(100)
      })
    } catch (error) {
      log(error, inner?.expired(), task.cancelling())
    }
    await sleep(1)
  })
  log('no error', outer?.expired(), task.cancelling())
})
