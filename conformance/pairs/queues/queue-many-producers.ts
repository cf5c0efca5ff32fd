// Three producers and two consumers over a bounded queue: who is where in which iteration.

import { coroutine, createTask, gather, Queue, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const producer = coroutine(async (queue: Queue<string | null>, name: string) => {
  for (let n = 0; n < 3; n++) {
    await queue.put(`${name}${n}`)
    log('put', `${name}${n}`, queue.qsize())
  }
})

const consumer = coroutine(async (queue: Queue<string | null>, name: string) => {
  let item = await queue.get()
  while (item !== null) {
    log(name, item)
    await sleep(0)
    item = await queue.get()
  }
})

export const main = program(async () => {
  const queue = new Queue<string | null>(2)
  const consumers = ['x', 'y'].map((name) => createTask(consumer(queue, name)))
  await gather(['a', 'b', 'c'].map((name) => producer(queue, name)))
  for (const _each of consumers) await queue.put(null)
  await gather(consumers)
})
