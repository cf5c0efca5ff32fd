// A free lock whose waiters are all cancelled is taken at once, before they have heard of it.

import { coroutine, createTask, Lock, sleep } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

const worker = coroutine(async (lock: Lock) => {
  await using _held = await lock.acquire()
  log('never')
})

export const main = program(async () => {
  const lock = new Lock()
  await lock.acquire()
  const tasks = [0, 1].map(() => createTask(worker(lock)))
  await sleep(0)
  for (const task of tasks) task.cancel()
  lock.release()
  const start = ticks()
  await lock.acquire()
  log(
    'has it',
    ticks() - start,
    tasks.map((task) => task.done()),
  )
  await sleep(0)
  log(
    tasks.map((task) => task.cancelled()),
    lock.locked(),
  )
  lock.release()
})
