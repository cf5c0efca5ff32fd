// A task that answers a cancel with a value is not cancelled.

import { coroutine, createTask, type Future, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (first: Future<void>, second: Future<void>) => {
  await first
  try {
    await second
    return 0
  } catch {
    return 42
  }
})

export const main = program(async () => {
  const loop = getRunningLoop()
  const [first, second] = [loop.createFuture<void>(), loop.createFuture<void>()]
  const task = createTask(child(first, second))
  await sleep(0)
  first.setResult()
  await sleep(0)
  log(task.cancel(), second.cancelled())
  log(await task, task.cancelled())
})
