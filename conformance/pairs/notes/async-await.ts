// The same with async and await: 1 3, two seconds later 2 4.

import { coroutine, sleep } from 'hocket'
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
  for (const task of tasks) await loop.runUntilComplete(task)
})
