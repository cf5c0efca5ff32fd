// `run_until_complete` that is stopped before its future is done raises RuntimeError.

import { coroutine, sleep } from 'hocket'
import { log, onLoop } from '../../src/harness.ts'

export const main = onLoop(async (loop) => {
  let count = 0

  const child = coroutine(async () => {
    while (count < 5) {
      await sleep(10)
      count++
      if (count === 2) loop.stop()
    }
    return 'done'
  })

  const task = loop.createTask(child())
  try {
    await loop.runUntilComplete(task)
  } catch (error) {
    log(error)
  }
  log(count, task.done(), loop.time())
  log(await loop.runUntilComplete(task), count)
  const future = loop.createFuture()
  loop.callSoon(() => loop.stop())
  try {
    await loop.runUntilComplete(future)
  } catch (error) {
    log(error, future.done())
  }
})
