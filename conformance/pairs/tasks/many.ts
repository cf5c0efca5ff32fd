// Many tasks with different numbers of steps end in the order of their work.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const worker = coroutine(async (n: number) => {
  for (let round = 0; round < (n * 7) % 5; round++) await sleep(0)
  log('end', n)
  return n
})

export const main = program(async () => {
  const tasks = Array.from({ length: 12 }, (_, n) => createTask(worker(n)))
  let total = 0
  for (const task of tasks.reverse()) {
    total += await task
    log('joined', total)
  }
})
