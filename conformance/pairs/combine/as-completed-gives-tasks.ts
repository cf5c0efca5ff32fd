// Read by for await, asCompleted gives the tasks themselves, in the order of their ends.

import { asCompleted, coroutine, createTask, sleep, type Task } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (delay: number) => {
  await sleep(delay)
  if (delay === 20) throw new RangeError()
  return delay
})

export const main = program(async () => {
  const tasks = [30, 10, 20].map((delay) => createTask(child(delay), { name: `task ${delay}` }))
  for await (const future of asCompleted(tasks)) {
    const task = future as unknown as Task<number>
    log(task.getName(), tasks.includes(task), task.done(), task.exception())
  }
})
