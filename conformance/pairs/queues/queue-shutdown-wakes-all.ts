// Shutting a queue down wakes all that wait to get or to put, with an error.

import { coroutine, createTask, gather, Queue, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const attempt = coroutine(async (name: string, doing: PromiseLike<unknown>) => {
  try {
    log(name, await doing)
  } catch (error) {
    log(name, error)
  }
})

export const main = program(async () => {
  const [empty, full] = [new Queue<unknown>(), new Queue<unknown>(1)]
  full.putNowait('first')
  const tasks = [0, 1].map((n) => createTask(attempt(`get ${n}`, empty.get())))
  tasks.push(...[0, 1].map((n) => createTask(attempt(`put ${n}`, full.put(n)))))
  await sleep(1)
  empty.shutdown()
  full.shutdown()
  await gather(tasks)
  log(full.getNowait())
})
