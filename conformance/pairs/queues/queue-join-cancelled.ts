// A join that is cancelled or runs out of time leaves the queue and the other joins as they are.

import { coroutine, createTask, Queue, sleep, wait, waitFor } from 'hocket'
import { log, program } from '../../src/harness.ts'

const join = coroutine(async (queue: Queue<number>, name: string) => {
  try {
    await queue.join()
    log(name, 'joined')
  } catch (error) {
    log(name, 'cancelled')
    throw error
  }
})

export const main = program(async () => {
  const queue = new Queue<number>()
  queue.putNowait(1)
  const tasks = ['a', 'b'].map((name) => createTask(join(queue, name)))
  await sleep(1)
  tasks[0]?.cancel()
  try {
    await waitFor(join(queue, 'c'), 5)
  } catch (error) {
    log(error)
  }
  queue.getNowait()
  queue.taskDone()
  queue.putNowait(2)
  await sleep(1)
  log(tasks.map((task) => task.done()))
  queue.taskDone()
  await wait(tasks)
})
