// A producer and a consumer over a queue of one: who runs in which iteration.

import { coroutine, gather, Queue } from 'hocket'
import { log, program } from '../../src/harness.ts'

const producer = coroutine(async (queue: Queue<number>) => {
  for (let n = 0; n < 4; n++) {
    await queue.put(n)
    log('put', n)
  }
})

const consumer = coroutine(async (queue: Queue<number>) => {
  for (let n = 0; n < 4; n++) log('got', await queue.get())
})

export const main = program(async () => {
  const queue = new Queue<number>(1)
  await gather([producer(queue), consumer(queue)])
})
