// A LifoQueue gives the newest item first, and waits in the same way.

import { createTask, LifoQueue, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const queue = new LifoQueue<number>(3)
  for (let n = 0; n < 3; n++) await queue.put(n)
  const putting = createTask(queue.put(3))
  await sleep(0)
  log(queue.getNowait(), queue.qsize())
  await putting
  log([queue.getNowait(), queue.getNowait(), queue.getNowait()])
})
