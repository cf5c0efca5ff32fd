// A task that ignores a cancel waits on for its next future, which is not touched.

import { coroutine, createTask, type Future, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(
  async (first: Future<void>, second: Future<void>, third: Future<number>) => {
    await first
    try {
      await second
    } catch {
      log('ignored')
    }
    return await third
  },
)

export const main = program(async () => {
  const loop = getRunningLoop()
  const [first, second] = [loop.createFuture<void>(), loop.createFuture<void>()]
  const third = loop.createFuture<number>()
  const task = createTask(child(first, second, third))
  await sleep(0)
  first.setResult()
  await sleep(0)
  task.cancel()
  log(second.cancelled())
  await sleep(0)
  third.setResult(42)
  log(await task, third.cancelled(), task.cancelled())
})
