// A task knows its coroutine and its loop.

import { coroutine, createTask, currentTask, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  await sleep(0)
})

export const main = program(async () => {
  const loop = getRunningLoop()
  const coro = child()
  const task = createTask(coro)
  log(task.getCoro() === coro, task.getLoop() === loop)
  await task
  log(task.getCoro() === coro, currentTask()?.getLoop() === loop)
})
