// Items come out in the order in which they went in; put and get that need not wait cost no iteration.

import { Queue } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

export const main = program(async () => {
  const queue = new Queue<number>()
  const start = ticks()
  for (let n = 0; n < 3; n++) await queue.put(n)
  log(queue.qsize(), queue.empty(), queue.full(), queue.maxsize)
  log([await queue.get(), await queue.get(), await queue.get()], ticks() - start)
  log(queue.qsize(), queue.empty())
})
