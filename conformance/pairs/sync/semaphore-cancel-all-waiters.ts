// All waiters of a semaphore are cancelled in the iteration of its release: the unit is free for the next one.

import { coroutine, createTask, Semaphore, sleep } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

const worker = coroutine(async (semaphore: Semaphore, name: string) => {
  await semaphore.acquire()
  log(name)
})

export const main = program(async () => {
  const semaphore = new Semaphore(0)
  const tasks = ['a', 'b', 'c'].map((name) => createTask(worker(semaphore, name)))
  await sleep(0)
  for (const task of tasks) task.cancel()
  semaphore.release()
  log(semaphore.locked())
  const late = createTask(worker(semaphore, 'late'))
  const start = ticks()
  await semaphore.acquire()
  log(
    'main',
    ticks() - start,
    tasks.map((task) => task.cancelled()),
    late.done(),
  )
  semaphore.release()
  await late
  log(semaphore.locked())
})
