// The coroutines of asCompleted may be awaited at the same time, by tasks of their own.

import { asCompleted, createTask, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const children = [sleep(5, 'a'), sleep(3, 'b'), sleep(4, 'c')]
  const waiting = [...asCompleted(children)].map((one) => createTask(one))
  const { done, pending } = await wait(waiting)
  log(
    [...done].map((task) => task.result()),
    pending.size,
  )
})
