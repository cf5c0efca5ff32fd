// A putter that is cancelled after it was woken passes the free place on to the next one.

import { coroutine, createTask, Queue, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const putter = coroutine(async (queue: Queue<string>, item: string) => {
  try {
    await queue.put(item)
    log('put', item)
  } catch (error) {
    log('cancelled', item)
    throw error
  }
})

export const main = program(async () => {
  const queue = new Queue<string>(1)
  queue.putNowait('first')
  const tasks = ['a', 'b', 'c'].map((item) => createTask(putter(queue, item)))
  await sleep(0)
  log(queue.getNowait())
  tasks[0]?.cancel()
  await sleep(1)
  log(
    tasks.map((task) => task.done()),
    queue.getNowait(),
  )
  await sleep(1)
  log(queue.getNowait(), queue.qsize())
})
