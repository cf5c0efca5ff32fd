// Two tasks await a third; cancelling one of them takes the third and the other down too.

import { coroutine, createTask, currentTask, sleep, type Task } from 'hocket'
import { log, program } from '../../src/harness.ts'

const work = coroutine(async () => {
  try {
    await sleep(100)
    return 'value'
  } finally {
    log('work ends')
  }
})

const waiter = coroutine(async (name: string, task: Task<string>) => {
  try {
    log(name, await task)
    return 'not cancelled'
  } catch {
    log(name, 'thrown', currentTask()?.cancelling())
    return 'caught'
  }
})

export const main = program(async () => {
  const task = createTask(work())
  const first = createTask(waiter('first', task))
  const second = createTask(waiter('second', task))
  await sleep(1)
  second.cancel()
  log(await first, await second, task.cancelled(), task.cancelling())
})
