// Who stops reading asCompleted early leaves the others running, and their results are theirs.

import { asCompleted, coroutine, createTask, sleep, type Task } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (delay: number) => {
  await sleep(delay)
  log('ends', delay)
  return delay
})

export const main = program(async () => {
  const tasks = [30, 10, 20].map((delay) => createTask(child(delay)))
  for (const nextOne of asCompleted(tasks)) {
    log('first', await nextOne)
    break
  }
  for await (const future of asCompleted(tasks)) {
    const task = future as unknown as Task<number>
    log('again', task.result())
    if (!tasks[0]?.done()) continue
    break
  }
  log(tasks.map((task) => task.done()))
})
