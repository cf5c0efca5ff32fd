// wait gives all tasks as done, those that failed or were cancelled too, and throws nothing.

import { coroutine, createTask, getRunningLoop, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (delay: number, error?: Error) => {
  await sleep(delay)
  if (error !== undefined) throw error
})

export const main = program(async () => {
  const tasks = [
    createTask(child(30), { name: 'slow' }),
    createTask(child(10, new RangeError()), { name: 'bad' }),
    createTask(child(20), { name: 'cancelled' }),
  ]
  getRunningLoop().callLater(5, () => tasks[2]?.cancel())
  const { done, pending } = await wait(tasks)
  log(
    [...done].map((task) => task.getName()),
    [...pending].map((task) => task.getName()),
  )
  log(tasks[1]?.exception(), tasks[2]?.cancelled())
})
