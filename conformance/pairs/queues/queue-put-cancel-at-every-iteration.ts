// A putter cancelled in each iteration around a get: its item is in, or the next one's is.

import { coroutine, createTask, Queue, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const putter = coroutine(async (queue: Queue<string>, item: string) => {
  try {
    await queue.put(item)
    log('put', item)
  } catch (error) {
    log('cancelled', item, queue.qsize())
    throw error
  }
})

export const main = program(async () => {
  for (let turns = 0; turns < 4; turns++) {
    const queue = new Queue<string>(1)
    queue.putNowait('first')
    const tasks = ['a', 'b'].map((item) => createTask(putter(queue, item)))
    await sleep(0)
    queue.getNowait()
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    log('cancel', turns, tasks[0]?.cancel())
    await sleep(1)
    log(
      queue.getNowait(),
      queue.qsize(),
      tasks.map((task) => task.done()),
    )
    await sleep(1)
    log(
      queue.qsize(),
      tasks.map((task) => task.done()),
    )
  }
})
