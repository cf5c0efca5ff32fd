// An immediate shutdown drops what is in the queue and counts it as done; what was taken still has to be reported.

import { coroutine, createTask, Queue, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const attempt = coroutine(async (doing: PromiseLike<unknown>) => {
  try {
    log(await doing)
  } catch (error) {
    log(error)
  }
})

export const main = program(async () => {
  const queue = new Queue<string>()
  queue.putNowait('a')
  queue.putNowait('b')
  const joining = createTask(queue.join())
  log(await queue.get())
  queue.shutdown(true)
  log(queue.qsize())
  await sleep(0)
  log(joining.done())
  await attempt(queue.put('c'))
  await attempt(queue.get())
  queue.taskDone()
  try {
    queue.taskDone()
  } catch (error) {
    log(error)
  }
  await sleep(0)
  log(joining.done())
  const other = new Queue<string>()
  other.putNowait('a')
  const joiningOther = createTask(other.join())
  await sleep(1)
  other.shutdown(true)
  await joiningOther
  log('all dropped')
})
