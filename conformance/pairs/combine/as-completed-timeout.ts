// When the time of asCompleted is over, each one that remains throws TimeoutError; the tasks run on.

import { asCompleted, coroutine, createTask, sleep, type Task } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (delay: number) => {
  await sleep(delay)
  log('ends', delay)
  return delay
})

export const main = program(async () => {
  const tasks = [30, 10, 40].map((delay) => createTask(child(delay)))
  for (const nextOne of asCompleted(tasks, { timeout: 20 })) {
    try {
      log('got', await nextOne)
    } catch (error) {
      log('caught', error)
    }
  }
  log(tasks.map((task) => task.done()))
  try {
    for await (const future of asCompleted(tasks, { timeout: 15 })) {
      const task = future as unknown as Task<number>
      log('task', await task)
    }
  } catch (error) {
    log('caught', error)
  }
  await tasks[2]
})
