// wait for the first one gives whatever is done when it runs on, in the order given; an error counts.

import {
  coroutine,
  createTask,
  FIRST_COMPLETED,
  getRunningLoop,
  RuntimeError,
  sleep,
  wait,
} from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (delay: number, error?: Error) => {
  await sleep(delay)
  if (error !== undefined) throw error
})

export const main = program(async () => {
  const tasks = [
    createTask(child(30), { name: 'c' }),
    createTask(child(10, new RuntimeError('')), { name: 'a' }),
    createTask(child(20), { name: 'b' }),
  ]
  let waiting = new Set(tasks)
  while (waiting.size > 0) {
    const { done, pending } = await wait(waiting, { returnWhen: FIRST_COMPLETED })
    log(
      [...done].map((task) => task.getName()),
      [...pending].map((task) => task.getName()),
    )
    waiting = pending
  }
  const futures = [0, 1, 2].map(() => getRunningLoop().createFuture<void>())
  futures[2]?.setResult()
  futures[0]?.setResult()
  const { done, pending } = await wait(futures, { returnWhen: FIRST_COMPLETED })
  log(
    [...done].map((future) => futures.indexOf(future)),
    pending.size,
  )
  log(tasks[1]?.exception())
})
