// Sleepers wake in the order of their deadlines, whatever order they started in.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const sleeper = coroutine(async (n: number, delay: number) => {
  await sleep(delay)
  log(n, 'woke after', delay)
})

export const main = program(async () => {
  const delays = [13, 2, 40, 7, 29, 1, 18, 3.5, 23, 0]
  const tasks = delays.map((delay, n) => createTask(sleeper(n, delay)))
  for (const task of tasks) await task
  log('all')
})
