// Of three putters the one that is cancelled puts nothing, and the one before it is not lost.

import { createTask, Queue, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const queue = new Queue<string>(1)
  const tasks = ['a', 'b', 'x'].map((item) => createTask(queue.put(item)))
  await sleep(0)
  log(tasks.map((task) => task.done()))
  tasks[2]?.cancel()
  await sleep(0)
  log(tasks[2]?.cancelled(), queue.getNowait())
  await sleep(0)
  log(queue.getNowait(), queue.empty())
  await tasks[1]
})
