// The loop runs `wait` over a list of tasks.

import { coroutine, sleep, wait } from 'hocket'
import { log, onLoop } from '../../src/harness.ts'

const func1 = coroutine(async () => {
  log(1)
  await sleep(2000)
  log(2)
})

const func2 = coroutine(async () => {
  log(3)
  await sleep(2000)
  log(4)
})

export const main = onLoop(async (loop) => {
  const tasks = [loop.createTask(func1()), loop.createTask(func2())]
  const { done, pending } = await loop.runUntilComplete(wait(tasks))
  log(done.size, pending.size)
})
