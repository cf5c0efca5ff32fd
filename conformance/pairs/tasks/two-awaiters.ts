// Awaiters of one task resume in the order they began to wait.

import { coroutine, createTask, sleep, type Task } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  await sleep(5)
  return 'value'
})

const waiter = coroutine(async (name: string, task: Task<string>) => {
  log(name, 'waits')
  log(name, 'got', await task)
})

export const main = program(async () => {
  const task = createTask(child())
  const waiters = ['a', 'b', 'c'].map((name) => createTask(waiter(name, task)))
  await sleep(1)
  task.addDoneCallback((done) => log('callback', done.result()))
  log('main got', await task)
  for (const each of waiters) await each
})
