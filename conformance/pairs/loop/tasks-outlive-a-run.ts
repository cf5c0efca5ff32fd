// A task left over by one run goes on in the next, where it stood.

import { coroutine, sleep } from 'hocket'
import { log, onLoop } from '../../src/harness.ts'

export const main = onLoop(async (loop) => {
  const child = coroutine(async () => {
    for (let n = 0; n < 4; n++) {
      log('step', n)
      await sleep(10)
    }
    return 'done'
  })

  const task = loop.createTask(child())
  await loop.runUntilComplete(sleep(15))
  log('between', task.done())
  await loop.runUntilComplete(sleep(0))
  log('between', task.done())
  log(await loop.runUntilComplete(task), loop.time())
})
