// waitFor awaits a coroutine in its own task: no iteration more, and none for what is done.

import { coroutine, createTask, currentTask, type Task, waitFor } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

let mainTask: Task<unknown> | null = null

const nop = coroutine(async () => currentTask() === mainTask)

export const main = program(async () => {
  mainTask = currentTask()
  let start = ticks()
  log(await waitFor(nop(), 10))
  log('coroutine', ticks() - start)
  const task = createTask(nop())
  start = ticks()
  log(await waitFor(task, 10))
  log('task', ticks() - start)
  start = ticks()
  log(await waitFor(task, null))
  log('done task', ticks() - start)
  start = ticks()
  log(await waitFor(task, 0))
  log('done task, no time', ticks() - start)
})
