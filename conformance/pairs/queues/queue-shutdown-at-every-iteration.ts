// A shutdown in each iteration around a put and a get: who gets the item, and who the error.

import { coroutine, createTask, Queue, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const getter = coroutine(async (queue: Queue<number>, name: string) => {
  try {
    log(name, await queue.get())
  } catch (error) {
    log(name, error)
  }
})

const putter = coroutine(async (queue: Queue<number>, item: number) => {
  try {
    await queue.put(item)
    log('put', item)
  } catch (error) {
    log('not put', item, error)
  }
})

export const main = program(async () => {
  for (const immediate of [false, true]) {
    for (let turns = 0; turns < 5; turns++) {
      log('shutdown', immediate, turns)
      const queue = new Queue<number>(1)
      const tasks = [createTask(getter(queue, 'a')), createTask(getter(queue, 'b'))]
      await sleep(1)
      tasks.push(...[0, 1, 2, 3].map((n) => createTask(putter(queue, n))))
      for (let turn = 0; turn < turns; turn++) await sleep(0)
      queue.shutdown(immediate)
      log(queue.qsize())
      await wait(tasks)
      log(queue.qsize())
    }
  }
})
