// A bounded PriorityQueue: putters get in in their order, and items come out in that of their priority.

import { coroutine, createTask, gather, PriorityQueue, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const putter = coroutine(async (queue: PriorityQueue<unknown>, item: number) => {
  await queue.put(item)
  log('put', item)
})

export const main = program(async () => {
  const queue = new PriorityQueue<unknown>(2)
  const tasks = [5, 3, 4, 1, 2].map((item) => createTask(putter(queue, item)))
  await sleep(1)
  for (let n = 0; n < 5; n++) {
    log('got', await queue.get())
    await sleep(1)
  }
  await gather(tasks)
  try {
    queue.putNowait(1)
    queue.putNowait('a')
  } catch (error) {
    log(error)
  }
})
