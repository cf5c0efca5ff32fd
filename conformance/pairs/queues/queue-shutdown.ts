// A queue that is shut down takes nothing more, and gives what it has left; then get is an error too.

import { createTask, Queue, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const queue = new Queue<string>()
  queue.putNowait('a')
  queue.putNowait('b')
  queue.shutdown()
  for (const attempt of [
    () => queue.put('c'),
    () => queue.get(),
    () => queue.get(),
    () => queue.get(),
  ]) {
    try {
      log(await attempt())
    } catch (error) {
      log(error, queue.qsize())
    }
  }
  for (const attempt of [() => queue.putNowait('c'), () => queue.getNowait()]) {
    try {
      attempt()
    } catch (error) {
      log(error)
    }
  }
  queue.taskDone()
  const joining = createTask(queue.join())
  await sleep(1)
  log(joining.done())
  queue.taskDone()
  await joining
  queue.shutdown()
})
