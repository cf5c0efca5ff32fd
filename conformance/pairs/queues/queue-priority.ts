// A PriorityQueue gives the least item first: numbers, strings, and lists from left to right.

import { createTask, PriorityQueue, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const drain = <T>(queue: PriorityQueue<T>) => {
  const items: T[] = []
  while (!queue.empty()) items.push(queue.getNowait())
  return items
}

export const main = program(async () => {
  for (const items of [
    [5, 1, 4, -2, 3.5, 1],
    ['b', 'a', 'ab', ''],
    [[2, 'b'], [1, 'z'], [2, 'a'], [1], [1, 'y']],
  ]) {
    const queue = new PriorityQueue<unknown>()
    for (const item of items) await queue.put(item)
    log(drain(queue))
  }
  const queue = new PriorityQueue<number>()
  const getting = createTask(queue.get())
  await sleep(0)
  queue.putNowait(2)
  queue.putNowait(1)
  log(await getting, drain(queue))
})
