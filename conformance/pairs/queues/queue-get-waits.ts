// Getters of an empty queue are woken in order, one for each item, in the iteration after the put.

import { coroutine, createTask, gather, Queue, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const getter = coroutine(async (queue: Queue<number>, name: string) => {
  log(name, await queue.get())
})

export const main = program(async () => {
  const queue = new Queue<number>()
  const tasks = ['a', 'b', 'c'].map((name) => createTask(getter(queue, name)))
  await sleep(5)
  queue.putNowait(1)
  queue.putNowait(2)
  log('put', queue.qsize())
  await sleep(0)
  log('one iteration on', queue.qsize())
  await queue.put(3)
  await gather(tasks)
})
