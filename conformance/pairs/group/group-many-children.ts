// Many children that end at different times, with one that fails in the middle: who is cancelled, who was done.

import { CancelledError, coroutine, RuntimeError, sleep, type Task, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (n: number) => {
  try {
    await sleep(n)
    if (n === 20) throw new RangeError()
    return n
  } catch (error) {
    if (error instanceof CancelledError && n % 7 === 0) throw new RuntimeError('')
    throw error
  }
})

export const main = program(async () => {
  const tasks: Task<number>[] = []
  try {
    await taskGroup(async (group) => {
      for (let n = 1; n <= 40; n++) tasks.push(group.createTask(child(n)))
    })
  } catch (error) {
    log(error)
  }
  log(tasks.filter((task) => task.cancelled()).length)
  log(
    tasks
      .filter((task) => !task.cancelled() && task.exception() === null)
      .map((task) => task.result()),
  )
})
