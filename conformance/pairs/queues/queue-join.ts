// join waits until every item that was put is reported done; each put makes it wait again.

import { coroutine, createTask, Queue, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const worker = coroutine(async (queue: Queue<number>) => {
  while (true) {
    const item = await queue.get()
    await sleep(item)
    log('done', item)
    queue.taskDone()
  }
})

export const main = program(async () => {
  const queue = new Queue<number>()
  await queue.join()
  log('nothing to wait for')
  const tasks = [0, 1].map(() => createTask(worker(queue)))
  for (const item of [30, 10, 25]) queue.putNowait(item)
  const joining = createTask(queue.join())
  await sleep(15)
  log(joining.done())
  await queue.join()
  log('joined', joining.done())
  queue.putNowait(5)
  await queue.join()
  for (const task of tasks) task.cancel()
  await wait(tasks)
  try {
    queue.taskDone()
  } catch (error) {
    log(error)
  }
})
