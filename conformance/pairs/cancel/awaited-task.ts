// A running task that cancels itself cancels whatever task it blocks on next.

import {
  coroutine,
  createTask,
  currentTask,
  type Future,
  getRunningLoop,
  sleep,
  type Task,
} from 'hocket'
import { log, program } from '../../src/harness.ts'

const nested = coroutine(async (future: Future<void>) => {
  await future
})

const child = coroutine(async (future: Future<void>, made: Task<void>[]) => {
  const task = createTask(nested(future))
  made.push(task)
  await sleep(0)
  currentTask()?.cancel()
  await task
})

export const main = program(async () => {
  const future = getRunningLoop().createFuture<void>()
  const made: Task<void>[] = []
  const task = createTask(child(future, made))
  try {
    await task
  } catch (error) {
    log(error)
  }
  log(task.cancelled(), made[0]?.cancelled(), future.cancelled())
})
