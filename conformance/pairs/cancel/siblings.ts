// Cancelling some of many sleepers: the rest go on, in order.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const sleeper = coroutine(async (n: number) => {
  try {
    await sleep(10 + n)
    log('slept', n)
    return n
  } catch (error) {
    log('cancelled', n)
    throw error
  }
})

export const main = program(async () => {
  const tasks = Array.from({ length: 8 }, (_, n) => createTask(sleeper(n)))
  await sleep(5)
  for (const task of tasks.filter((_, n) => n % 3 === 0).reverse()) task.cancel()
  for (const [n, task] of tasks.entries()) {
    try {
      await task
    } catch {
      log('joined cancelled', n)
    }
  }
  log(tasks.map((task) => task.cancelled()))
})
