// Putters of a full queue wait; each get wakes the one that has waited longest.

import { coroutine, createTask, gather, Queue, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const putter = coroutine(async (queue: Queue<number>, n: number) => {
  await queue.put(n)
  log('put', n, queue.qsize())
})

export const main = program(async () => {
  const queue = new Queue<number>(2)
  const tasks = [0, 1, 2, 3, 4].map((n) => createTask(putter(queue, n)))
  await sleep(1)
  log(queue.full())
  while (!queue.empty()) {
    log('got', queue.getNowait())
    await sleep(1)
  }
  await gather(tasks)
})
